import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import type { Branch, Upstream } from './branch.ts';
import { tipOf } from './branch.ts';
import { GitError, oneLine } from './git-error.ts';
import type { RemoteOptions } from './reach-remote.ts';
import { reachRemote, remoteReason } from './reach-remote.ts';
import type { Repository } from './repository.ts';
import { requireGit } from './run-git.ts';

/** The local copy of an upstream branch, and how many commits the local branch and it have that the other lacks. */
export interface UpstreamState {
  readonly tip: Oid;
  /** Commits of the local branch that the upstream lacks. */
  readonly ahead: number;
  /** Commits of the upstream that the local branch lacks. */
  readonly behind: number;
  /** Milliseconds since 1970 of the last fetch; undefined when nothing tells. */
  readonly fetchedAt: number | undefined;
}

/**
 * Fetches the one branch that a local branch follows, no tags and nothing else, and compares the two. Throws
 * `fetch_failed` with the remote's own words.
 */
export async function fetchUpstream(
  repository: Repository,
  branch: Branch & { readonly upstream: Upstream },
  options: RemoteOptions = {},
): Promise<UpstreamState> {
  const { remote, ref } = branch.upstream;
  const args = [...command, '--end-of-options', remote, `+${ref}:${localCopy(branch)}`];
  const run = await reachRemote(repository, args, options).catch((error: unknown) => {
    throw error instanceof GitError && error.code === 'git_failed'
      ? new GitError(
          'fetch_failed',
          { remote: oneLine(remote), reason: String(error.facts['reason']) },
          error,
        )
      : error;
  });
  if (run.status !== 0)
    throw new GitError('fetch_failed', { remote: oneLine(remote), reason: remoteReason(run.stderr) });
  const state = await readUpstream(repository, branch);
  if (state !== undefined) return { ...state, fetchedAt: Date.now() };
  throw new GitError('fetch_failed', { remote: oneLine(remote), reason: `${ref} did not arrive` });
}

const command = ['fetch', '--progress', '--no-tags', '--no-prune', '--no-recurse-submodules'].concat(
  '--no-auto-maintenance',
);

/** The same from what is here, for work without a network; undefined when the upstream was never fetched. */
export async function readUpstream(
  repository: Repository,
  branch: Branch & { readonly upstream: Upstream },
): Promise<UpstreamState | undefined> {
  const copy = localCopy(branch);
  const tip = await tipOf(repository, copy);
  if (tip === undefined) return undefined;
  const { ahead, behind } = await countApart(repository, branch.tip, tip);
  return { tip, ahead, behind, fetchedAt: await lastFetch(repository, copy) };
}

/** How many commits each of two tips has that the other lacks. Equal tips, the usual case, cost no process. */
async function countApart(repository: Repository, ours: Oid, theirs: Oid) {
  if (ours === theirs) return { ahead: 0, behind: 0 };
  const range = `${ours}...${theirs}`;
  const counts = await requireGit(repository, ['rev-list', '--count', '--left-right', range]);
  const [ahead = 0, behind = 0] = counts.toString().trim().split(/\s+/).map(Number);
  return { ahead, behind };
}

/** Where the fetched tip is kept: the tracking ref, or a ref of ours when the user's refspecs name none. */
const localCopy = (branch: Branch & { readonly upstream: Upstream }): string =>
  branch.upstream.tracking ?? `refs/knowngood/upstream/${branch.name}`;

/** Every fetch writes FETCH_HEAD; a clone that never fetched again has only the reflog of its remote. */
async function lastFetch(repository: Repository, copy: string): Promise<number | undefined> {
  const { gitDir, commonDir } = repository;
  const signs = [
    join(gitDir, 'FETCH_HEAD'),
    join(commonDir, 'FETCH_HEAD'),
    join(commonDir, 'logs', copy),
    join(commonDir, 'logs', copy.replace(/[^/]*$/, 'HEAD')),
  ];
  const times = await Promise.all(signs.map((path) => stat(path).catch(() => undefined)));
  const known = times.flatMap((found) => (found === undefined ? [] : [found.mtimeMs]));
  return known.length === 0 ? undefined : Math.max(...known);
}
