import { createHash, randomBytes } from 'node:crypto';

/** What a secret opens, as scanners and people can tell from its start. */
export type SecretPrefix = 'kgp_' | 'kgs_' | 'kgl_';

/** What agents show has a form of its own, which agents of others know. */
export type AgentSecretPrefix = 'ghqa_reg_' | 'ghqa_';

export interface NewSecret {
  /** 256 bits of chance. Goes to whoever asked for it, once, and is kept nowhere. */
  readonly secret: string;
  readonly hash: string;
  /** The start of it, to recognise it by. */
  readonly shown: string;
}

/** How a secret is kept: SHA-256 in hex. It has too much chance in it for anything slower to be of use. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** `kgp_` a token, `kgs_` a session, `kgl_` a one-time link. */
export function newSecret(prefix: SecretPrefix): NewSecret {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { secret, hash: hashSecret(secret), shown: secret.slice(0, prefix.length + 4) };
}

/** The secret of an agent: 256 bits of chance as 64 hexadecimal digits. */
export function newAgentSecret(prefix: AgentSecretPrefix): Pick<NewSecret, 'secret' | 'hash'> {
  const secret = `${prefix}${randomBytes(32).toString('hex')}`;
  return { secret, hash: hashSecret(secret) };
}
