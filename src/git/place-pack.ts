import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failPoint } from '../std/fail-point.ts';
import { encodePack } from './encode-pack.ts';
import type { EncodedObject } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { syncFile } from './sync-folder.ts';
import { asUnwritable } from './unwritable.ts';

/**
 * Writes many objects as one pack: three syncs of the disk in all, where objects in files of their own take two each.
 * They are there for everybody when this returns, all or none, and for good once the folders that it answers are
 * synced. Throws `repository_unwritable`.
 */
export async function placePack(
  repository: Repository,
  objects: readonly EncodedObject[],
): Promise<ReadonlySet<string>> {
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
      renameSync(temporary, final);
      await failPoint('git.object.placed');
    }
  } catch (error) {
    await Promise.allSettled(files.map(({ temporary }) => rm(temporary, { force: true })));
    throw asUnwritable(repository, error);
  }
  return new Set([folder]);
}

interface NewFile {
  readonly temporary: string;
  readonly bytes: Buffer;
}

async function writeSynced({ temporary, bytes }: NewFile): Promise<void> {
  const file = openSync(temporary, 'wx', 0o444);
  try {
    writeFileSync(file, bytes);
    await failPoint('git.object.written');
    await syncFile(file);
  } finally {
    closeSync(file);
  }
}
