import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { tipOf } from './branch.ts';
import { isOid } from './encoded-object.ts';
import { GitError, oneLine } from './git-error.ts';
import { pushCommit } from './push-commit.ts';
import { reachRemote, remoteReason } from './reach-remote.ts';
import type { Repository } from './repository.ts';

/** Where the branch of a local copy really is. `ref` is its full name, the same on both sides. */
export interface Mirrored {
  readonly url: string;
  readonly ref: string;
}

/** Where a push finds the tip again when its answer was lost. */
const tracking = 'refs/knowngood/upstream';

const command = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-auto-maintenance'].concat(
  '--no-write-fetch-head',
  '--refmap=',
);

/**
 * Makes branch and tags of an owned repository what they are at the remote, wherever they were before. Answers the
 * tip. Throws `fetch_failed` with the remote's own words.
 */
export async function fetchMirror(repository: Repository, { url, ref }: Mirrored): Promise<Oid> {
  const args = [...command, '--end-of-options', url, `+${ref}:${ref}`, '+refs/tags/*:refs/tags/*'];
  const failed = (reason: string, cause?: unknown): GitError =>
    new GitError('fetch_failed', { remote: oneLine(url), reason }, cause);
  const run = await reachRemote(repository, args).catch((error: unknown) => {
    throw error instanceof GitError && error.code === 'git_failed'
      ? failed(String(error.facts['reason']), error)
      : error;
  });
  if (run.status !== 0) throw failed(remoteReason(run.stderr));
  const tip = await tipOf(repository, ref);
  if (tip === undefined) throw failed(`${ref} did not arrive`);
  return tip;
}

/** Pushes one commit on top of `before`, with an exact lease. Throws as `pushCommit` does. */
export async function pushMirror(
  repository: Repository,
  { url, ref }: Mirrored,
  push: { readonly before: Oid; readonly commit: Oid },
): Promise<void> {
  const upstream = { remote: url, ref, tracking };
  const name = ref.replace(/^refs\/heads\//, '');
  const branch = { name, ref, tip: push.before, upstream, checkedOut: { kind: 'nowhere' } } as const;
  await pushCommit(repository, branch, push);
}

/** Pushes a commit as a new branch, which must not be there yet. Throws `push_rejected`. */
export async function pushNewBranch(
  repository: Repository,
  { url, ref }: Mirrored,
  commit: Oid,
): Promise<void> {
  invariant(isOid(commit), 'a push names a full id');
  const args = ['push', '--quiet', '--no-verify', '--no-follow-tags', `--force-with-lease=${ref}:`];
  const run = await reachRemote(repository, [...args, '--end-of-options', url, `${commit}:${ref}`]);
  if (run.status !== 0)
    throw new GitError('push_rejected', {
      remote: oneLine(url),
      cause: 'refused',
      reason: remoteReason(run.stderr),
    });
}
