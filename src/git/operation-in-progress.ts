import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';

// What git itself leaves in the Git folder of a worktree until the operation is ended.
const marks: readonly (readonly [string, string])[] = [
  ['merge', 'MERGE_HEAD'],
  ['rebase', 'rebase-merge'],
  ['rebase or am', 'rebase-apply'],
  ['cherry-pick', 'CHERRY_PICK_HEAD'],
  ['revert', 'REVERT_HEAD'],
  ['cherry-pick or revert', 'sequencer'],
];

/** Throws `operation_in_progress` while a merge, rebase, cherry-pick or revert waits to be continued in this worktree. */
export async function refuseOperationInProgress(repository: Repository): Promise<void> {
  for (const [operation, name] of marks) {
    const begun = await access(join(repository.gitDir, name)).then(
      () => true,
      () => false,
    );
    if (begun) throw new GitError('operation_in_progress', { operation, path: repository.path });
  }
}
