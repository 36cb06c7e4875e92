import { failPoint } from '../std/fail-point.ts';
import { headRef, tipOf } from './branch.ts';
import { bringFiles } from './bring-files.ts';
import { changesBetween } from './commit-changes.ts';
import { dirtyOverlap } from './dirty-overlap.ts';
import { finishUnderLock } from './finish-journal.ts';
import { GitError, oneLine, reasonOf } from './git-error.ts';
import { takeIndexLock } from './index-lock.ts';
import { refuseOperationInProgress } from './operation-in-progress.ts';
import type { Repository } from './repository.ts';
import type { Turn } from './take-turn.ts';
import { takeTurn } from './take-turn.ts';
import { asUnwritable } from './unwritable.ts';
import type { WorktreeMove } from './worktree-journal.ts';
import { removeJournal, writeJournal } from './worktree-journal.ts';

/** A repository with files: a clone or a linked worktree. */
export type Worktree = Repository & { readonly workTree: string };

export const isWorktree = (repository: Repository): repository is Worktree =>
  repository.workTree !== undefined;

/**
 * Moves the branch that is checked out here, with its index and files. `moveRef` does the compare-and-set of the ref.
 * Until it is called nothing has changed; once the ref has moved, this run or the next brings the files along.
 * Throws `ref_moved`, `worktree_dirty` (fact `files`: all of them), `operation_in_progress`, `index_locked`,
 * `run_in_progress` or `worktree_unfinished` (the ref moved, the files could not follow yet), and what `moveRef` does.
 */
export async function updateWorktree(
  repository: Worktree,
  move: WorktreeMove,
  moveRef: () => Promise<void>,
): Promise<void> {
  await using turn = await takeTurn(repository);
  await using _lock = await takeIndexLock(repository, turn);
  try {
    await finishUnderLock(repository, turn);
    await refuseWhatIsLost(repository, turn, move);
    await failPoint('git.worktree.checked');
    await writeJournal(repository, turn.attempt, move);
  } catch (error) {
    throw asUnwritable(repository, error);
  }
  await moveOrForget(repository, move, moveRef);
  await failPoint('git.worktree.ref-moved');
  await follow(repository, turn, move);
  await removeJournal(repository);
}

async function refuseWhatIsLost(repository: Worktree, turn: Turn, move: WorktreeMove): Promise<void> {
  await refuseOperationInProgress(repository);
  // Somebody may have been quicker while this run waited for its turn.
  const actual = (await headRef(repository)) === move.ref ? await tipOf(repository, move.ref) : undefined;
  if (actual !== move.before)
    throw new GitError('ref_moved', { ref: move.ref, expected: move.before, actual: actual ?? '' });
  const changes = await changesBetween(repository, move.before, move.after);
  const files = await dirtyOverlap(repository, turn, changes);
  if (files.length > 0) throw new GitError('worktree_dirty', { files: files.map(oneLine) });
}

async function moveOrForget(
  repository: Worktree,
  move: WorktreeMove,
  moveRef: () => Promise<void>,
): Promise<void> {
  try {
    await moveRef();
  } catch (error) {
    // The answer may be lost although the ref has moved: only the ref tells.
    if ((await tipOf(repository, move.ref)) === move.after) return;
    await removeJournal(repository);
    throw error;
  }
}

async function follow(repository: Worktree, turn: Turn, move: WorktreeMove): Promise<void> {
  try {
    await bringFiles(repository, turn, { ...move, stageOnly: [] });
  } catch (error) {
    if (!(error instanceof GitError)) throw unfinished(error);
    // Git refused because a file was edited since it was checked: that file is left as it is.
    await finishUnderLock(repository, turn).catch((second: unknown) => {
      throw unfinished(second);
    });
  }
}

const unfinished = (cause: unknown): GitError =>
  new GitError(
    'worktree_unfinished',
    {
      reason:
        cause instanceof GitError ? String(cause.facts['reason'] ?? cause.code) : reasonOf(String(cause)),
    },
    cause,
  );
