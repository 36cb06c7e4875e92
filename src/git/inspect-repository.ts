import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { branchRef } from './branch.ts';
import { refuseForeignConfig } from './create-repository.ts';
import { reasonOf } from './git-error.ts';
import { readTip } from './read-tip.ts';
import { openRepository } from './repository.ts';
import { requireGit, runGit } from './run-git.ts';

export interface RepositoryState {
  /** Absent while the branch has no commit. */
  readonly tip: string | undefined;
  /** What is wrong, in a few words each. */
  readonly problems: readonly string[];
}

const longest = 3_600_000;

/**
 * Looks at an owned repository without changing anything: that it is as we made it, that its HEAD names the branch, and
 * that every object is there that a ref reaches. Throws what `openRepository` does.
 */
export async function inspectRepository(path: string, branch: string): Promise<RepositoryState> {
  const repository = await openRepository(path, { owned: true });
  const problems: string[] = [];
  await refuseForeignConfig(path).catch((error: unknown) => problems.push(String(error)));
  const head = await readFile(join(path, 'HEAD'), 'latin1').catch(() => '');
  if (head.trim() !== `ref: ${branchRef(branch)}`) problems.push(`HEAD is not on ${branch}`);
  const tip = await readTip(repository, branchRef(branch)).catch(() => undefined);
  const args = ['fsck', '--connectivity-only', '--no-dangling', '--no-progress'];
  const check = await runGit(repository, args, { timeout: longest });
  if (check.status !== 0)
    problems.push(reasonOf(`${check.stderr}\n${check.stdout.subarray(0, 4096).toString('utf8')}`));
  return { tip, problems };
}

/** Those of these commits that are not in the history of the branch. */
export async function commitsMissing(
  path: string,
  { branch, commits }: { readonly branch: string; readonly commits: readonly string[] },
): Promise<readonly string[]> {
  if (commits.length === 0) return [];
  const repository = await openRepository(path, { owned: true });
  const tip = await readTip(repository, branchRef(branch));
  if (tip === undefined) return commits;
  const listing = await requireGit(repository, ['rev-list', tip], { maxOutput: 2 ** 29, timeout: longest });
  const there = new Set(listing.toString('latin1').split('\n'));
  return commits.filter((commit) => !there.has(commit));
}
