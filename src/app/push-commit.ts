import { Refusal } from '../domain/refusal/refusal.ts';
import type { RemoteOptions } from '../git/reach-remote.ts';
import { pushCommit as push } from '../git/push-commit.ts';
import type { OpenedBranch } from './open-branch.ts';
import { refusing } from './refuse-git.ts';

/** The upstream that a push goes to. Throws no_upstream; ask before anything is committed. */
export function requireUpstream({ branch, upstream }: OpenedBranch) {
  if (!branch.upstream || !upstream) throw new Refusal('no_upstream', { branch: branch.name });
  return { following: { ...branch, upstream: branch.upstream }, before: upstream.tip };
}

/**
 * Pushes a commit that was made on an opened branch to its upstream, only while that is where it was seen. Throws
 * push_rejected with the remote's own words; the commit stays in the clone.
 */
export const pushCommit = refusing(
  async (opened: OpenedBranch, commit: string, options: RemoteOptions = {}): Promise<void> => {
    const { following, before } = requireUpstream(opened);
    await push(opened.repository, following, { before, commit }, options);
  },
);
