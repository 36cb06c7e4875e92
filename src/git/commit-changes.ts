import type { Oid } from '../tree/object.ts';
import type { PathChange } from './path-change.ts';
import { readRawChanges } from './path-change.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

const options = ['-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--ignore-submodules=none'];

/** Every path that differs between two commits or trees, by full id. */
export async function changesBetween(
  repository: Repository,
  before: Oid,
  after: Oid,
): Promise<readonly PathChange[]> {
  const args = ['diff-tree', ...options, '--end-of-options', before, after];
  return readRawChanges(await requireGit(repository, args, { maxOutput: 2 ** 30 }));
}

/** What a commit changed against its first parent, merges too; a root commit adds all that it has. */
export async function commitChanges(repository: Repository, commit: Oid): Promise<readonly PathChange[]> {
  const args = ['diff-tree', ...options, '--root', '--no-commit-id', '--diff-merges=first-parent'];
  return readRawChanges(
    await requireGit(repository, [...args, '--end-of-options', commit], { maxOutput: 2 ** 30 }),
  );
}
