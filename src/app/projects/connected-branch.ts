import { failPoint } from '../../std/fail-point.ts';
import { GitError } from '../../git/git-error.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import { fetchMirror, pushMirror, pushNewBranch } from '../../git/mirror-branch.ts';
import type { RefMover } from '../../git/move-ref.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { readTip } from '../../git/read-tip.ts';
import type { Repository } from '../../git/repository.ts';
import type { Turn } from '../../store/turn.ts';
import type { Oid } from '../../tree/object.ts';
import type { HubProject } from './hub-project.ts';
import { claimedRequest } from './index-rows.ts';
import { type UpstreamAccess, reachUpstream, requireUpstream } from './reach-upstream.ts';

/** The local copy of a connected project, and the way to its truth. */
export interface ConnectedBranch {
  readonly access: UpstreamAccess;
  readonly project: HubProject;
  readonly repository: Repository;
  readonly reader: ObjectReader;
  readonly mover: RefMover;
  readonly ref: string;
  /** One exchange with the upstream at a time: an older answer must not overwrite a newer one. */
  readonly exchanges: Turn;
}

async function alone<T>({ exchanges }: ConnectedBranch, work: () => Promise<T>): Promise<T> {
  const end = await exchanges.take();
  try {
    return await work();
  } finally {
    end();
  }
}

/** Brings the local copy to where the upstream is, even when history was rewritten there. Answers the tip. */
export const fetchConnected = (branch: ConnectedBranch): Promise<Oid> =>
  alone(branch, () => fetchNow(branch));

const fetchNow = ({ access, project, repository, ref }: ConnectedBranch): Promise<Oid> =>
  reachUpstream(access, project, repository, (reaching, url) => fetchMirror(reaching, { url, ref }));

/**
 * Makes the commit the upstream's head, if that is at `from`. Throws `ref_moved`, after a fetch, when it is elsewhere,
 * and `push_rejected` in the upstream's words when it says no; where the project wants that, the commit of a
 * request is then there as a branch `knowngood/<id>`.
 */
export const publishConnected = (
  branch: ConnectedBranch,
  { from, commit }: { readonly from: Oid; readonly commit: Oid },
): Promise<void> =>
  alone(branch, async () => {
    const { access, project, repository, ref } = branch;
    try {
      await reachUpstream(access, project, repository, (reaching, url) =>
        pushMirror(reaching, { url, ref }, { before: from, commit }),
      );
    } catch (error) {
      throw await afterRefusal(branch, error, { from, commit });
    }
    await failPoint('app.upstream.pushed');
    await follow(branch, commit);
  });

/** The local copy after a push that the upstream took. A fetch may have been faster. */
async function follow({ repository, mover, ref }: ConnectedBranch, commit: Oid): Promise<void> {
  const tip = await readTip(repository, ref);
  if (tip === commit || (tip !== undefined && (await isAncestor(repository, commit, tip)))) return;
  await mover.move({ ref, from: tip, to: commit });
}

async function afterRefusal(
  branch: ConnectedBranch,
  error: unknown,
  { from, commit }: { readonly from: Oid; readonly commit: Oid },
): Promise<unknown> {
  if (!(error instanceof GitError) || error.code !== 'push_rejected') return error;
  if (error.facts['cause'] === 'moved') {
    const actual = await fetchNow(branch);
    return new GitError('ref_moved', { ref: branch.ref, expected: from, actual }, error);
  }
  if (error.facts['cause'] !== 'refused') return error;
  return requireUpstream(branch.project).onRefusedPush === 'branch'
    ? offerBranch(branch, commit, error)
    : error;
}

/**
 * Leaves the commit of a request at the upstream as a branch of its own, for a pull request. Others follow what is
 * pushed: each push would leave one more branch, and none of them be of use after the next.
 */
async function offerBranch(branch: ConnectedBranch, commit: Oid, refused: GitError): Promise<GitError> {
  const { access, project, repository, reader } = branch;
  const { message } = await readCommit(reader, commit);
  const request = claimedRequest({ body: message });
  if (request === undefined) return refused;
  const name = `knowngood/${request}`;
  const offered = await reachUpstream(access, project, repository, (reaching, url) =>
    pushNewBranch(reaching, { url, ref: `refs/heads/${name}` }, commit),
  ).then(
    () => `it is there as branch ${name}: open a pull request from it`,
    () => `branch ${name} was refused, too`,
  );
  const reason = `${String(refused.facts['reason'])}; ${offered}`;
  return new GitError('push_rejected', { ...refused.facts, reason, branch: name }, refused);
}

/** Whether the upstream's branch has the commit, as it is now. Throws when the upstream cannot be asked. */
export async function upstreamContains(branch: ConnectedBranch, commit: Oid): Promise<boolean> {
  const tip = await fetchConnected(branch);
  // Everything that the upstream has came with the fetch; another server's commit may never have been here.
  if ((await branch.reader.describe(commit)) === undefined) return false;
  return isAncestor(branch.repository, commit, tip);
}
