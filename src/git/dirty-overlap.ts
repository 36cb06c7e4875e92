import { compareFiles } from './compare-files.ts';
import type { PathChange, PathSide } from './path-change.ts';
import { obstaclesAt } from './path-on-disk.ts';
import type { IndexEntry } from './read-index.ts';
import { readIndex } from './read-index.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import type { Turn } from './take-turn.ts';

/**
 * The user's own changes that these changes would overwrite, sorted: paths that are staged or stand in the working
 * tree other than before, and untracked files, ignored ones too, where something new goes.
 */
export async function dirtyOverlap(
  repository: Repository & { readonly workTree: string },
  turn: Turn,
  changes: readonly PathChange[],
): Promise<readonly string[]> {
  const paths = changes.map(({ path }) => path);
  const index = await readIndex(repository, paths);
  const old = changes.map(({ path, before }) => ({ path, side: before }));
  const files = await compareFiles(repository, turn, old);
  const dirty = new Set<string>();
  for (const { path, before } of changes) {
    const entry = index.get(path);
    const absentOnPurpose = entry?.sparse === true && files.get(path) === 'missing';
    if (!isStaged(entry, before) || (files.has(path) && !absentOnPurpose)) dirty.add(path);
  }
  for (const path of await inTheWay(repository, changes)) dirty.add(path);
  return [...dirty].sort();
}

/** True when exactly this side, or nothing for an absent one, is staged. */
export const isStaged = (entry: IndexEntry | undefined, side: PathSide | undefined): boolean =>
  side === undefined
    ? entry === undefined
    : entry?.stage === 0 && entry.mode === side.mode && entry.oid === side.oid;

/** Files and links where something new goes, other than those which go away with the same changes. */
async function inTheWay(
  repository: Repository & { readonly workTree: string },
  changes: readonly PathChange[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { path, before, after } of changes) {
    // The folder of a submodule stays as it is unless a file takes its place.
    const replaced = before === undefined || (before.mode === '160000' && after?.mode !== '160000');
    if (after !== undefined && replaced) found.push(...(await obstaclesAt(repository.workTree, path)));
  }
  if (found.length === 0) return found;
  const leaving = changes.filter(({ before, after }) => !after && before && before.mode !== '160000');
  const folded = await pathFolding(repository);
  const freed = new Set(leaving.map(({ path }) => folded(path)));
  return found.filter((path) => !freed.has(folded(path)));
}

/** How paths are compared here: on many systems `README` and `readme` are one file. */
async function pathFolding(repository: Repository): Promise<(path: string) => string> {
  const { stdout } = await runGit(repository, ['config', '--type=bool', 'core.ignoreCase']);
  const ignoresCase = stdout.toString().trim() === 'true';
  return (path) => (ignoresCase ? path.normalize('NFC').toLowerCase() : path);
}
