import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, deflateSync } from 'node:zlib';
import { failPoint } from '../std/fail-point.ts';
import { withHeader } from './encoded-object.ts';
import type { EncodedObject } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { syncFolder } from './sync-folder.ts';
import { asUnwritable, codeOf } from './unwritable.ts';

/** An object whose bytes are on the disk, but not yet under its own name. */
interface Staged {
  readonly temporary: string;
  readonly final: string;
}

/**
 * Writes loose objects so that they survive a power cut: when this returns, they are there. They appear in the given
 * order (children first, the commit last), each whole or not at all. Throws `repository_unwritable`, and then nothing
 * refers to what was written.
 *
 * An object that is there already is written again: that costs as much as looking for it in every pack, and replaces
 * the empty file that a power cut leaves where git had written without fsync. Packed copies do no harm; gc drops ours.
 */
export async function writeObjects(repository: Repository, objects: readonly EncodedObject[]): Promise<void> {
  const folder = join(repository.commonDir, 'objects');
  const unique = [...new Map(objects.map((object) => [object.oid, object])).values()];
  const staged: Staged[] = [];
  const touched = new Set<string>();
  try {
    for (let at = 0; at < unique.length; at += atOnce) {
      const outcomes = await Promise.allSettled(
        unique.slice(at, at + atOnce).map((object) => stage(folder, object, touched)),
      );
      for (const outcome of outcomes) if (outcome.status === 'fulfilled') staged.push(outcome.value);
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    }
    await failPoint('git.objects.staged');
    for (const { temporary, final } of staged) {
      await rename(temporary, final);
      await failPoint('git.object.placed');
    }
    // Only now are the names themselves on the disk. A failed fsync is never tried again: the second one would succeed
    // without having written anything.
    await Promise.all([...touched].map(syncFolder));
    await failPoint('git.objects.durable');
  } catch (error) {
    await Promise.allSettled(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw asUnwritable(repository, error);
  }
}

const atOnce = 64;

async function stage(folder: string, object: EncodedObject, touched: Set<string>): Promise<Staged> {
  const fanOut = join(folder, object.oid.slice(0, 2));
  // Git's own prefix, so that its gc sweeps up what a crash left behind.
  const temporary = join(fanOut, `tmp_obj_${randomBytes(9).toString('base64url')}`);
  const bytes = await compress(withHeader(object.type, object.content));
  const file = await openNew(temporary).catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    await makeFanOut(fanOut);
    touched.add(folder);
    return openNew(temporary);
  });
  touched.add(fanOut);
  try {
    await file.writeFile(bytes);
    await failPoint('git.object.written');
    await file.sync();
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
  return { temporary, final: join(fanOut, object.oid.slice(2)) };
}

const openNew = (path: string): ReturnType<typeof open> => open(path, 'wx', 0o444);

/** With the permissions of `objects/` itself, so that a repository shared by a group stays writable for the group. */
async function makeFanOut(path: string): Promise<void> {
  const { mode } = await stat(dirname(path));
  try {
    await mkdir(path);
    await chmod(path, mode & 0o7777);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

const deflateLater = promisify(deflate);
// Most objects are small, and a trip to another thread costs more than compressing them.
const compress = async (bytes: Buffer): Promise<Buffer> =>
  bytes.length > 65_536 ? deflateLater(bytes, { level: 1 }) : deflateSync(bytes, { level: 1 });

const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';
