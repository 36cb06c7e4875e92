import type { Person } from './commit-codec.ts';
import { GitError, reasonOf } from './git-error.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';

/** Who a commit made here is by, as the user's own Git would say. */
export interface Identity {
  readonly author: Person;
  readonly committer: Person;
}

const ident = /^(.*) <([^<>]*)> (\d+) ([+-]\d{4})$/;

/**
 * The configured author and committer, with dates taken from `now` (milliseconds) unless the environment fixes them.
 * Throws identity_missing when Git does not know who the user is.
 */
export async function readIdentity(repository: Repository, now: number): Promise<Identity> {
  const [author, committer] = await Promise.all([
    readPerson(repository, 'AUTHOR', now),
    readPerson(repository, 'COMMITTER', now),
  ]);
  return { author, committer };
}

async function readPerson(
  repository: Repository,
  role: 'AUTHOR' | 'COMMITTER',
  now: number,
): Promise<Person> {
  const { status, stdout, stderr } = await runGit(repository, ['var', `GIT_${role}_IDENT`]);
  const match = ident.exec(stdout.toString('utf8').trim());
  if (status !== 0 || !match) throw new GitError('identity_missing', { reason: reasonOf(stderr) });
  const [, name = '', email = '', seconds = '0', zone = '+0000'] = match;
  const fixed = process.env[`GIT_${role}_DATE`] !== undefined;
  return { name, email, seconds: fixed ? Number(seconds) : Math.floor(now / 1000), zone };
}
