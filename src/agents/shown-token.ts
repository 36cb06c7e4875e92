import type { Metadata } from '@grpc/grpc-js';
import { agentAuthorization } from '../contract/agent-v1/methods.ts';

/** The token of a call, without `Bearer`; empty when there is none, or more than one. */
export function shownToken(metadata: Metadata): string {
  const values = metadata.get(agentAuthorization);
  const [only] = values;
  if (values.length !== 1 || typeof only !== 'string') return '';
  return /^Bearer +(\S{1,500})$/i.exec(only.trim())?.[1] ?? '';
}
