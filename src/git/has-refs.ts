import { GitError, reasonOf } from './git-error.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Whether anything is reachable in a repository. Throws `git_failed` where a damaged ref leaves that open. */
export async function hasRefs(repository: Repository): Promise<boolean> {
  const args = ['for-each-ref', '--count=1', '--format=%(refname)'];
  const { status, stdout, stderr } = await runGit(repository, args);
  // Git passes over a broken ref with a warning, as if it were not there.
  if (status !== 0 || stderr !== '')
    throw new GitError('git_failed', { command: 'for-each-ref', reason: reasonOf(stderr) });
  return stdout.length > 0;
}
