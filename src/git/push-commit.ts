import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import type { Branch, Upstream } from './branch.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import { GitError, oneLine } from './git-error.ts';
import { isAncestor } from './is-ancestor.ts';
import type { RemoteOptions } from './reach-remote.ts';
import { reachRemote, remoteReason, withoutSecrets } from './reach-remote.ts';
import type { Repository } from './repository.ts';
import type { GitRun } from './run-git.ts';

/** What is to be pushed: `commit`, but only while the upstream is exactly at `before`, which comes before it. */
export interface Push {
  readonly before: Oid;
  readonly commit: Oid;
}

/**
 * Pushes one commit to the upstream of its branch with an exact lease. When the answer is lost, the remote is asked
 * whether it has the commit. Throws `push_rejected` with the remote's own words; fact `cause` is `moved` when the
 * upstream is not at `before` any more, `refused` by a hook or a protection, or `unreachable`.
 */
export async function pushCommit(
  repository: Repository,
  branch: Branch & { readonly upstream: Upstream },
  push: Push,
  options: RemoteOptions = {},
): Promise<void> {
  const { remote, ref } = branch.upstream;
  invariant(await isAncestor(repository, push.before, push.commit), 'a push never rewrites history');
  const lease = `--force-with-lease=${ref}:${push.before}`;
  const args = [...command, lease, '--end-of-options', remote, `${push.commit}:${ref}`];
  const run = await reachRemote(repository, args, options).catch(lostAnswer);
  if (run.status === 0) return;
  const answer = readAnswer(run);
  if (answer.cause === 'refused') throw rejected(remote, answer);
  if (await hasArrived(repository, branch, { ...push, options })) return;
  throw rejected(remote, answer);
}

const command = ['push', '--porcelain', '--progress', '--no-verify', '--no-follow-tags'].concat(
  '--no-recurse-submodules',
);

interface Answer {
  readonly cause: 'moved' | 'refused' | 'unreachable';
  readonly reason: string;
}

const rejected = (remote: string, { cause, reason }: Answer): GitError =>
  new GitError('push_rejected', { remote: oneLine(remote), cause, reason });

/** A git that was stopped by the time limit may have pushed all the same. */
function lostAnswer(error: unknown): GitRun {
  if (!(error instanceof GitError) || error.code !== 'git_failed') throw error;
  return { status: -1, stdout: Buffer.of(), stderr: `fatal: ${String(error.facts['reason'])}` };
}

function readAnswer({ stdout, stderr }: GitRun): Answer {
  const line = stdout
    .toString('utf8')
    .split('\n')
    .find((line) => line.startsWith('!\t'));
  const summary = line?.split('\t')[2] ?? '';
  const why = withoutSecrets(oneLine(/\((.*)\)$/.exec(summary)?.[1] ?? summary));
  // `[rejected]` is git's own verdict from what the remote advertised, `[remote rejected]` the remote's.
  if (summary.startsWith('[rejected]'))
    return { cause: 'moved', reason: `the branch moved there meanwhile (${why})` };
  const lost = summary === '' || /remote end hung up|failed to report|no report/i.test(summary);
  if (lost) return { cause: 'unreachable', reason: remoteReason(stderr) };
  if (/cannot lock ref|failed to update ref|reference already exists/.test(summary))
    return { cause: 'moved', reason: `the branch moved there meanwhile (${why})` };
  const said = remoteReason(stderr.replaceAll(/^(fatal|error): .*$/gm, ''));
  return { cause: 'refused', reason: said === 'no reason given' ? why : `${said} (${why})` };
}

/** Whether the remote's branch contains the commit; false too when it cannot be asked. */
async function hasArrived(
  repository: Repository,
  branch: Branch & { readonly upstream: Upstream },
  { commit, options }: Push & { readonly options: RemoteOptions },
): Promise<boolean> {
  // Also brings the tracking ref up to date, which a push does only after an answer.
  const state = await fetchUpstream(repository, branch, options).catch(() => undefined);
  return state !== undefined && (await isAncestor(repository, commit, state.tip));
}
