import { type KeyObject, createHash, createPublicKey, verify } from 'node:crypto';
import type { ExportedCheckpoint } from './export-line.ts';

/** Public keys of hubs by the id that checkpoints name them with. */
export type SigningKeys = ReadonlyMap<string, KeyObject>;

/** A public key as PEM, or as the base64 of its SPKI. Undefined for what is no Ed25519 key. */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = text.includes('-----BEGIN PUBLIC KEY-----')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text.trim(), 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The start of the SHA-256 of a key's SPKI. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);

export const signingKeys = (keys: readonly KeyObject[]): SigningKeys =>
  new Map(keys.map((key) => [keyIdOf(key), key]));

/** What is wrong with the signature of a checkpoint, after `row 12`; undefined when it holds. */
export function signatureFault(
  { seq, hash, at, keyId, signature }: ExportedCheckpoint,
  keys: SigningKeys,
): string | undefined {
  const key = keys.get(keyId);
  if (!key) return `has a checkpoint signed with key ${keyId}, which was not given`;
  const bytes = Buffer.from(signature, 'base64');
  const statement = `knowngood-checkpoint-1\n${seq}\n${hash}\n${at}\n${keyId}\n`;
  // Another way to write the same bytes would let a changed file pass.
  const holds = bytes.toString('base64') === signature && verify(null, Buffer.from(statement), key, bytes);
  return holds ? undefined : 'has a checkpoint whose signature does not hold';
}
