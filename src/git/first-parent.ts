import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

/** How many commits the first-parent line of a commit has, itself included. */
export async function firstParentCount(repository: Repository, from: Oid): Promise<number> {
  return Number(await revList(repository, from, ['--count']));
}

/** The commit so many steps back on the first-parent line; undefined beyond its root. */
export async function firstParentAt(
  repository: Repository,
  from: Oid,
  steps: number,
): Promise<Oid | undefined> {
  const found = await revList(repository, from, [`--skip=${steps}`, '--max-count=1']);
  return found === '' ? undefined : found;
}

async function revList(repository: Repository, from: Oid, how: readonly string[]): Promise<string> {
  invariant(isOid(from), 'a history is asked for by full id');
  const output = await requireGit(repository, ['rev-list', '--first-parent', ...how, from]);
  return output.toString('latin1').trim();
}
