import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failPoint } from '../std/fail-point.ts';
import { encodePack } from './encode-pack.ts';
import type { EncodedObject } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { syncFolder } from './sync-folder.ts';
import { asUnwritable } from './unwritable.ts';

/**
 * Writes many objects as one pack: three syncs of the disk in all, where objects in files of their own take two each.
 * They are there for everybody when this returns, all or none, and for good once `durable` is fulfilled. Both throw
 * `repository_unwritable`.
 */
export async function placePack(
  repository: Repository,
  objects: readonly EncodedObject[],
): Promise<{ readonly durable: Promise<void> }> {
  const folder = join(repository.commonDir, 'objects/pack');
  const { name, pack, index } = encodePack(objects);
  // Git's own prefix, so that its prune sweeps up what a crash left behind.
  const attempt = randomBytes(9).toString('base64url');
  const files = [
    { temporary: join(folder, `tmp_pack_${attempt}`), final: join(folder, `pack-${name}.pack`), bytes: pack },
    // The index last: without one, no git sees a pack.
    { temporary: join(folder, `tmp_idx_${attempt}`), final: join(folder, `pack-${name}.idx`), bytes: index },
  ];
  try {
    await Promise.all(files.map(writeSynced));
    await failPoint('git.objects.staged');
    for (const { temporary, final } of files) {
      await rename(temporary, final);
      await failPoint('git.object.placed');
    }
  } catch (error) {
    await Promise.allSettled(files.map(({ temporary }) => rm(temporary, { force: true })));
    throw asUnwritable(repository, error);
  }
  const durable = syncName(repository, folder);
  // Whoever waits for it later is told; until then a failure is nobody's.
  durable.catch(() => undefined);
  return { durable };
}

interface NewFile {
  readonly temporary: string;
  readonly bytes: Buffer;
}

async function writeSynced({ temporary, bytes }: NewFile): Promise<void> {
  const file = await open(temporary, 'wx', 0o444);
  try {
    await file.writeFile(bytes);
    await failPoint('git.object.written');
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncName(repository: Repository, folder: string): Promise<void> {
  try {
    await syncFolder(folder);
    await failPoint('git.objects.durable');
  } catch (error) {
    throw asUnwritable(repository, error);
  }
}
