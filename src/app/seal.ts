import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refusal } from '../domain/refusal/refusal.ts';

/**
 * Secrets at rest. `about` says whose secret it is (an id); a sealed text opens only under the same, so that one
 * copied to another row is of no use.
 */
export interface Seal {
  readonly close: (text: string, about: string) => string;
  /** Throws `secret_unreadable` when it was sealed with another key, or changed. */
  readonly open: (sealed: string, about: string) => string;
}

const version = 'v1';
const algorithm = 'aes-256-gcm';

/** AES-256-GCM with a key of 32 bytes. */
export function sealWith(key: Uint8Array): Seal {
  return {
    close: (text, about) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(algorithm, key, nonce);
      cipher.setAAD(Buffer.from(about));
      const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}:${bytes.toString('base64')}`;
    },
    open: (sealed, about) => {
      const bytes = Buffer.from(sealed.replace(`${version}:`, ''), 'base64');
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12));
        decipher.setAAD(Buffer.from(about));
        decipher.setAuthTag(bytes.subarray(-16));
        return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw Object.assign(new Refusal('secret_unreadable', { what: about }), { cause: error });
      }
    },
  };
}
