import { readUpstreamUrl } from '../../domain/push/upstream-url.ts';
import type { UpstreamSettings, UpstreamSignIn } from './hub-project.ts';
import type { UpstreamSecrets } from './upstream-secrets.ts';

/** How to sign in at an upstream, as a person hands it in. */
export type CredentialInput =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'ssh_key'; readonly privateKey: string; readonly hostKeys: readonly string[] };

/** An upstream as a person describes it. What is absent keeps its value, or takes the usual one. */
export interface UpstreamInput {
  readonly url?: string | undefined;
  readonly branch?: string | undefined;
  readonly fetchSeconds?: number | undefined;
  readonly onRefusedPush?: 'fail' | 'branch' | undefined;
  readonly credential?: CredentialInput | undefined;
  readonly webhookSecret?: string | undefined;
}

export interface UpstreamParts {
  readonly settings: UpstreamSettings;
  readonly secrets: UpstreamSecrets;
}

/** The two halves that are stored, over what was there before. Throws `name_malformed` for the address. */
export function upstreamParts(input: UpstreamInput, before?: UpstreamParts): UpstreamParts {
  const { url = before?.settings.url ?? '', credential, webhookSecret } = input;
  readUpstreamUrl(url);
  const signIn = credential ? openPart(credential) : (before?.settings.signIn ?? { kind: 'none' });
  const secrets = credential ? secretPart(credential) : before?.secrets;
  const shared = webhookSecret ?? before?.secrets.webhookSecret;
  return {
    settings: {
      url,
      fetchSeconds: input.fetchSeconds ?? before?.settings.fetchSeconds ?? 60,
      onRefusedPush: input.onRefusedPush ?? before?.settings.onRefusedPush ?? 'fail',
      signIn,
      webhookSigned: shared !== undefined,
    },
    secrets: { ...secrets, webhookSecret: shared },
  };
}

function openPart(credential: CredentialInput): UpstreamSignIn {
  if (credential.kind === 'password') return { kind: 'password', username: credential.username };
  if (credential.kind === 'ssh_key') return { kind: 'ssh_key', hostKeys: credential.hostKeys };
  return credential;
}

function secretPart(credential: CredentialInput): UpstreamSecrets {
  if (credential.kind === 'password') return { password: credential.password };
  return credential.kind === 'ssh_key' ? { privateKey: credential.privateKey } : {};
}
