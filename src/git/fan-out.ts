import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Repository } from './repository.ts';
import { syncFolder } from './sync-folder.ts';
import { asUnwritable, codeOf } from './unwritable.ts';

/**
 * Makes one of the 256 folders of loose objects, with the permissions of `objects/` itself, so that a repository shared
 * by a group stays writable for the group. One that is there already is left as it is.
 */
export function makeFanOut(path: string): void {
  const { mode } = statSync(dirname(path));
  try {
    mkdirSync(path);
    chmodSync(path, mode & 0o7777);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes all folders of loose objects, durably, so that no commit has to wait for one. Git's gc removes empty ones; a
 * write makes what it misses. Throws `repository_unwritable`.
 */
export async function makeFanOuts(repository: Repository): Promise<void> {
  const folder = join(repository.commonDir, 'objects');
  try {
    const there = new Set(await readdir(folder));
    const missing = Array.from({ length: 256 }, (_, at) => at.toString(16).padStart(2, '0')).filter(
      (name) => !there.has(name),
    );
    if (missing.length === 0) return;
    for (const name of missing) makeFanOut(join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    throw asUnwritable(repository, error);
  }
}
