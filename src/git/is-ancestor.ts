import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { GitError, reasonOf } from './git-error.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/**
 * Whether one commit is the other or comes before it. Throws `shallow_repository` when the answer lies beyond what a
 * shallow clone has, and `git_failed` when an object on the way is missing.
 */
export async function isAncestor(repository: Repository, ancestor: Oid, descendant: Oid): Promise<boolean> {
  invariant(isOid(ancestor) && isOid(descendant), 'ancestry is asked for by full ids');
  const { status, stderr } = await runGit(repository, ['merge-base', '--is-ancestor', ancestor, descendant]);
  if (status === 0) return true;
  if (repository.shallow) throw new GitError('shallow_repository', { path: repository.path });
  if (status === 1) return false;
  throw new GitError('git_failed', { command: 'merge-base', reason: reasonOf(stderr) });
}
