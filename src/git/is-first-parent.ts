import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

/**
 * Whether a commit is on the first-parent line of another one, which includes that one itself. Costs as much as the
 * line between them is long. Throws `git_failed` when one of them is missing.
 */
export async function isFirstParent(repository: Repository, commit: Oid, head: Oid): Promise<boolean> {
  invariant(isOid(commit) && isOid(head), 'ancestry is asked for by full ids');
  if (commit === head) return true;
  // The line from the head down, without what lies behind the commit: it ends with the commit if it passes there.
  const args = ['rev-list', '--first-parent', head, '--not', `${commit}^@`];
  const line = (await requireGit(repository, args, { maxOutput: 2 ** 28 })).toString('latin1').trimEnd();
  return line.endsWith(commit);
}
