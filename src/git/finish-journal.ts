import { readdir, unlink } from 'node:fs/promises';
import type { Oid } from '../tree/object.ts';
import { failPoint } from '../std/fail-point.ts';
import { headRef, tipOf } from './branch.ts';
import { bringFiles, treeWith } from './bring-files.ts';
import { changesBetween } from './commit-changes.ts';
import { clearLeftovers } from './clear-leftovers.ts';
import { takeIndexLock } from './index-lock.ts';
import type { PathChange } from './path-change.ts';
import { onDisk } from './path-on-disk.ts';
import type { Repository } from './repository.ts';
import { isAncestor } from './is-ancestor.ts';
import type { FilePlan } from './sort-leftover-files.ts';
import { sortLeftoverFiles } from './sort-leftover-files.ts';
import type { Turn } from './take-turn.ts';
import { ownFolder, takeTurn } from './take-turn.ts';
import type { WorktreeMove } from './worktree-journal.ts';
import { readJournal, removeJournal } from './worktree-journal.ts';

/**
 * What became of an earlier run. `finished`: index and files have followed the branch; `kept` are files that the user
 * edited meanwhile, left as they are. `left`: the branch went elsewhere since, so nothing was touched.
 */
export type FinishedJournal =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'finished'; readonly ref: string; readonly kept: readonly string[] }
  | { readonly kind: 'left'; readonly ref: string };

/**
 * Finishes what a run that was killed has begun, and removes its lock. Call it first in every run that writes. Throws
 * `index_locked` or `run_in_progress` when somebody else is at work.
 */
export async function finishJournal(repository: Repository): Promise<FinishedJournal> {
  const names = await readdir(ownFolder(repository)).catch(() => []);
  if (names.length === 0 || repository.workTree === undefined) return { kind: 'nothing' };
  await using turn = await takeTurn(repository);
  await using _lock = await takeIndexLock(repository, turn);
  // Awaited here: turn and lock are given back when this function ends.
  return await finishUnderLock({ ...repository, workTree: repository.workTree }, turn);
}

/** The same for a caller who holds turn and index lock. */
export async function finishUnderLock(
  repository: Repository & { readonly workTree: string },
  turn: Turn,
): Promise<FinishedJournal> {
  await clearLeftovers(repository, turn);
  const move = await readJournal(repository);
  if (move === undefined) return { kind: 'nothing' };
  const result = await finish(repository, turn, move);
  await removeJournal(repository);
  return result;
}

async function finish(
  repository: Repository & { readonly workTree: string },
  turn: Turn,
  move: WorktreeMove,
): Promise<FinishedJournal> {
  const tip = await tipOf(repository, move.ref);
  if (tip === move.before) return { kind: 'nothing' };
  const changes = tip === undefined ? undefined : await changesToFinish(repository, move, tip);
  if (changes === undefined) return { kind: 'left', ref: move.ref };
  const plan = await sortLeftoverFiles(repository, turn, changes);
  await carryOut(repository, turn, { before: move.before, plan });
  return { kind: 'finished', ref: move.ref, kept: plan.kept };
}

/** The paths that index and files still have to follow; undefined when it is not for us to say. */
async function changesToFinish(
  repository: Repository,
  move: WorktreeMove,
  tip: Oid,
): Promise<readonly PathChange[] | undefined> {
  const head = await headRef(repository).catch(() => undefined);
  if (head !== move.ref) return undefined;
  if (tip === move.after) return changesBetween(repository, move.before, move.after);

  const onTop = await isAncestor(repository, move.after, tip).catch(() => false);
  if (!onTop) return undefined;
  // Commits on top are somebody else's doing; a path that they changed again is theirs.
  const later = new Set((await changesBetween(repository, move.after, tip)).map(({ path }) => path));
  const changes = await changesBetween(repository, move.before, move.after);
  return changes.filter(({ path }) => !later.has(path));
}

async function carryOut(
  repository: Repository & { readonly workTree: string },
  turn: Turn,
  { before, plan }: { before: Oid; plan: FilePlan },
): Promise<void> {
  const { change, stageOnly, torn } = plan;
  if (change.length + stageOnly.length === 0) return;
  for (const path of torn) await unlink(onDisk(repository.workTree, path));
  await failPoint('git.worktree.torn-removed');
  const start = await treeWith(repository, turn, { before, changes: stageOnly });
  const end = await treeWith(repository, turn, { before: start, changes: change });
  await bringFiles(repository, turn, { before: start, after: end, stageOnly });
}
