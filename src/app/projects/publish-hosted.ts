import { GitError } from '../../git/git-error.ts';
import type { RefMove, RefMover } from '../../git/move-ref.ts';

/** Milliseconds between attempts while a push holds the ref, for about two seconds in all. */
const pauses = [5, 10, 20, 40, 80, 160, 320, 640, 640];

/**
 * Moves the branch. A push that is being written holds the ref's lock for a moment: it is waited for, and then either
 * the branch has moved (`ref_moved`) or the push came to nothing.
 */
export async function publishHosted(mover: RefMover, move: RefMove): Promise<void> {
  for (const pause of [...pauses, undefined]) {
    try {
      return await mover.move(move);
    } catch (error) {
      const busy = error instanceof GitError && error.code === 'ref_locked';
      if (!busy || pause === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
