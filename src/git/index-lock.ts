import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failPoint } from '../std/fail-point.ts';
import { writeSynced } from './durable-file.ts';
import { syncFolder } from './sync-folder.ts';
import { GitError, oneLine } from './git-error.ts';
import type { Repository } from './repository.ts';
import type { Turn } from './take-turn.ts';
import { pause } from './take-turn.ts';
import { asUnwritable, codeOf } from './unwritable.ts';

/** Git's own lock on the index: while it is held, no other git changes what is staged or checked out. */
export type IndexLock = AsyncDisposable;

const patience = 1_000;

/**
 * Takes `index.lock` with our name in it, so that one left by a crash is known to be ours. The name is there from the
 * first moment on: a finished file is linked into place. Throws `index_locked` with the file when it belongs to
 * somebody else; such a lock is never removed.
 */
export async function takeIndexLock(repository: Repository, turn: Turn): Promise<IndexLock> {
  const lock = indexLockPath(repository);
  const draft = join(turn.folder, `lock-${turn.attempt}`);
  await writeSynced(draft, `knowngood ${turn.attempt}\n`).catch((error: unknown) => {
    throw asUnwritable(repository, error);
  });
  const deadline = Date.now() + patience;
  while (!(await place(draft, lock))) {
    if (await isOurs(lock)) {
      // Only we, whose turn it is, could have a living one.
      await rm(lock, { force: true });
    } else if (Date.now() > deadline) {
      await rm(draft, { force: true });
      throw new GitError('index_locked', { path: oneLine(lock) });
    } else {
      await pause(25);
    }
  }
  await failPoint('git.index.locked');
  return {
    [Symbol.asyncDispose]: async () => {
      await rm(lock, { force: true });
      await rm(draft, { force: true });
      await syncFolder(repository.gitDir);
      await failPoint('git.index.unlocked');
    },
  };
}

export const indexLockPath = (repository: Repository): string => join(repository.gitDir, 'index.lock');

/** True when `index.lock` was made by us. Ask only while it is our turn. */
const isOurs = async (lock: string): Promise<boolean> =>
  /^knowngood \S+\n$/.test(await readFile(lock, 'utf8').catch(() => ''));

async function place(draft: string, lock: string): Promise<boolean> {
  try {
    await link(draft, lock);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    return copy(draft, lock);
  }
}

/** For file systems without hard links. */
async function copy(draft: string, lock: string): Promise<boolean> {
  const handle = await open(lock, 'wx').catch(() => undefined);
  if (handle === undefined) return false;
  try {
    await handle.writeFile(await readFile(draft));
  } finally {
    await handle.close();
  }
  return true;
}
