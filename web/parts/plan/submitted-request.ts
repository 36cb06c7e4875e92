import { ApiError } from '../../../src/contract/api-error.ts';

/** The request that was saved although this error came back: its execution failed, and its page says how to go on. */
export function submittedRequest(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { requestId } = error.details;
  return typeof requestId === 'string' ? requestId : undefined;
}
