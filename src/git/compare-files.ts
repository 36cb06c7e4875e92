import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeName } from './name-bytes.ts';
import type { PathSide } from './path-change.ts';
import { splitNul } from './path-change.ts';
import { indexInfo } from './read-index.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';
import type { Turn } from './take-turn.ts';

export type FileDifference = 'missing' | 'different';

/**
 * Which of these files are not in the working tree as a checkout would have them, filters and line endings included.
 * An index of these paths alone is compared: the cost follows the paths, and no flag of the user's index, such as
 * assume-unchanged, can hide a change. A file behind a symbolic link counts as missing; submodules always match.
 */
export async function compareFiles(
  repository: Repository,
  turn: Turn,
  files: readonly { readonly path: string; readonly side: PathSide | undefined }[],
): Promise<ReadonlyMap<string, FileDifference>> {
  const present = files.filter(({ side }) => side !== undefined);
  const found = new Map<string, FileDifference>();
  if (present.length === 0) return found;
  const index = join(turn.folder, `probe-${turn.attempt}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    const fill = ['update-index', '-z', '--index-info'];
    await requireGit(repository, fill, { env, stdin: indexInfo(present) });
    const parts = splitNul(await requireGit(repository, comparison, { env, maxOutput: 2 ** 30 }));
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const missing = parts[at]?.toString('latin1') === 'D';
      found.set(decodeName(parts[at + 1] ?? Buffer.of()), missing ? 'missing' : 'different');
    }
  } finally {
    await rm(index, { force: true });
  }
  return found;
}

const comparison = [
  ['-c', 'core.fsmonitor=false'],
  // Without this, files whose content is the same are listed too when only their times differ.
  ['-c', 'diff.autoRefreshIndex=true'],
  ['diff', '--name-status', '-z', '--no-ext-diff', '--no-textconv', '--no-renames', '--no-color'],
  ['--ignore-submodules=all'],
].flat();
