import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import { type CheckpointStatement, checkpointText } from '../../domain/audit/audit-checkpoint.ts';
import type { Checkpoint } from '../../store/audit.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import type { Seal } from '../seal.ts';

/** The key that signs checkpoints: made once, kept sealed, known by the start of its own digest. */
export interface AuditKey {
  readonly id: string;
  /** SPKI in base64. */
  readonly publicKey: string;
  readonly sign: (statement: CheckpointStatement) => Checkpoint;
}

interface StoredKey {
  readonly id: string;
  readonly publicKey: string;
  readonly sealed: string;
}

const setting = 'audit.key';

/** The key of this instance; the first call makes it. */
export async function auditKey(hub: Hub): Promise<AuditKey> {
  const stored = (await hub.store.settings.get<StoredKey>(setting)) ?? (await makeKey(hub));
  const key = createPrivateKey({
    key: Buffer.from(hub.seal.open(stored.sealed, setting), 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    id: stored.id,
    publicKey: stored.publicKey,
    sign: (statement) => ({
      ...statement,
      signature: sign(null, Buffer.from(checkpointText(statement)), key).toString('base64'),
    }),
  };
}

/** Whether this seal opens the key that the database holds; undefined while it holds none. Changes nothing. */
export async function sealFits(
  settings: Pick<Tables['settings'], 'get'>,
  seal: Pick<Seal, 'open'>,
): Promise<boolean | undefined> {
  const stored = await settings.get<StoredKey>(setting);
  if (!stored) return undefined;
  try {
    seal.open(stored.sealed, setting);
    return true;
  } catch {
    return false;
  }
}

/** The public half in SPKI (base64), where it was made already. */
export const publicAuditKey = async (
  settings: Pick<Tables['settings'], 'get'>,
): Promise<string | undefined> => (await settings.get<StoredKey>(setting))?.publicKey;

async function makeKey(hub: Hub): Promise<StoredKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const id = createHash('sha256').update(spki).digest('hex').slice(0, 16);
  const made: StoredKey = { id, publicKey: spki.toString('base64'), sealed: hub.seal.close(secret, setting) };
  return hub.store.tx((tx) => tx.settings.setOnce(setting, made));
}

/** Whether a checkpoint was signed with the key of this SPKI (base64). */
export function checkpointHolds({ signature, ...statement }: Checkpoint, publicKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(checkpointText(statement)), key, Buffer.from(signature, 'base64'));
}
