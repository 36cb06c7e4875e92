import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RemoteCredential } from '../../git/remote-access.ts';
import type { Seal } from '../seal.ts';
import type { HubProject, UpstreamSignIn } from './hub-project.ts';

/** What is sealed of a connected project. */
export interface UpstreamSecrets {
  readonly password?: string | undefined;
  readonly privateKey?: string | undefined;
  /** Shared with the upstream, which signs its webhooks with it. */
  readonly webhookSecret?: string | undefined;
}

/** Seals the secrets of a project; they open only under its id. */
export const sealSecrets = (seal: Seal, projectId: string, secrets: UpstreamSecrets): string =>
  seal.close(JSON.stringify(secrets), projectId);

export const openSecrets = (
  seal: Seal,
  { id, sealedCredentials }: Pick<HubProject, 'id' | 'sealedCredentials'>,
): UpstreamSecrets =>
  sealedCredentials === undefined ? {} : (JSON.parse(seal.open(sealedCredentials, id)) as UpstreamSecrets);

/** The open and the sealed half together. Throws `secret_unreadable` when the sealed one lacks what is needed. */
export function credentialOf(signIn: UpstreamSignIn, secrets: UpstreamSecrets): RemoteCredential {
  const { password, privateKey } = secrets;
  if (signIn.kind === 'none') return signIn;
  if (signIn.kind === 'password' && password !== undefined) return { ...signIn, password };
  if (signIn.kind === 'ssh_key' && privateKey !== undefined) return { ...signIn, privateKey };
  throw new Refusal('secret_unreadable', { what: 'the upstream' });
}
