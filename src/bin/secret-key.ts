import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../domain/refusal/refusal.ts';
import { syncFolder } from '../git/sync-folder.ts';
import { codeOf } from '../git/unwritable.ts';
import { failPoint } from '../std/fail-point.ts';

const keyLength = 32;

/** Where the key is, unless the environment has it. */
export const secretKeyPath = (dataDir: string): string => join(dataDir, 'secret.key');

/**
 * The 32 bytes that seal secrets in the database: `given` in base64, or those of `secret.key` in the data folder, made
 * there by the first start. Throws `secret_key_malformed`, `secret_key_damaged` or `secret_key_exposed`, and then makes
 * nothing: another key would open none of the secrets there are.
 */
export async function loadSecretKey(dataDir: string, given: string | undefined): Promise<Uint8Array> {
  const kept = await readSecretKey(dataDir, given);
  if (kept) return kept;
  await makeKey(secretKeyPath(dataDir));
  const made = await readSecretKey(dataDir, undefined);
  if (!made) throw new Refusal('secret_key_damaged', { path: secretKeyPath(dataDir) });
  return made;
}

/** The same, but undefined where none was made yet. */
export async function readSecretKey(
  dataDir: string,
  given: string | undefined,
): Promise<Uint8Array | undefined> {
  if (given === undefined || given === '') return readKey(secretKeyPath(dataDir));
  const key = Buffer.from(given, 'base64');
  if (key.length !== keyLength || key.toString('base64') !== given.trim())
    throw new Refusal('secret_key_malformed');
  return key;
}

async function readKey(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Refusal('repository_unreadable', { path, reason: codeOf(error) ?? String(error) });
  });
  if (!file) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size !== keyLength) throw new Refusal('secret_key_damaged', { path });
    // Not the group's bits: Kubernetes sets them on every file of a volume that it mounts for a group of its own.
    if ((found.mode & 0o007) !== 0) throw new Refusal('secret_key_exposed', { path });
    const key = await file.readFile();
    if (key.length !== keyLength) throw new Refusal('secret_key_damaged', { path });
    return key;
  } finally {
    await file.close();
  }
}

/** Makes the file, whole and on disk, unless it is there. Of two that start at once, both go on with the same one. */
async function makeKey(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(keyLength));
      await file.sync();
    } finally {
      await file.close();
    }
    await failPoint('bin.key.drafted');
    // Unlike a rename, this fails where a key already is.
    await link(draft, path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    await failPoint('bin.key.placed');
    await rm(draft);
    await syncFolder(join(path, '..'));
  } catch (error) {
    const reason = codeOf(error);
    if (reason === undefined) throw error;
    throw new Refusal('repository_unwritable', { path, reason });
  }
}
