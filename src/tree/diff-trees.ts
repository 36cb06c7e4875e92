import { type Mode, type Oid, type TreeEntry, type TreeOrBlob, type Walk, isFolder } from './object.ts';
import type { Selector } from './select.ts';

/** A file, link or submodule as a tree records it. */
export interface EntryState {
  readonly mode: Mode;
  readonly oid: Oid;
}

/** One path that differs. Folders never appear: a replaced folder shows as its files. */
export interface TreeChange {
  readonly path: string;
  readonly before: EntryState | undefined;
  readonly after: EntryState | undefined;
}

interface FolderPair {
  readonly path: string;
  readonly before: Oid | undefined;
  readonly after: Oid | undefined;
  /** A parent folder was selected whole, so nothing below needs asking. */
  readonly whole: boolean;
}

/** The entries of a tree that a walk was handed; a blob or nothing in its place is a broken repository. */
export function entriesOf(objects: ReadonlyMap<Oid, TreeOrBlob>, oid: Oid | undefined): readonly TreeEntry[] {
  if (oid === undefined) return [];
  const found = objects.get(oid);
  if (found?.type !== 'tree') throw new Error(`object ${oid} was asked for as a tree and is none`);
  return found.entries;
}

export const joinPath = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;

const folderOid = (entry: TreeEntry | undefined) => (entry && isFolder(entry.mode) ? entry.oid : undefined);
const leaf = (entry: TreeEntry | undefined): EntryState | undefined =>
  entry && !isFolder(entry.mode) ? { mode: entry.mode, oid: entry.oid } : undefined;

/**
 * The selected paths that differ between two trees (`undefined` is the empty tree), in path order. Equal subtrees
 * and folders that the selector rules out are never read: the cost follows the change.
 */
export function* diffTrees(
  before: Oid | undefined,
  after: Oid | undefined,
  select: Selector,
): Walk<readonly TreeChange[]> {
  const changes: TreeChange[] = [];
  let level: FolderPair[] = before === after ? [] : [{ path: '', before, after, whole: false }];
  while (level.length > 0) {
    const wanted = new Set(
      level.flatMap((pair) => [pair.before, pair.after]).filter((oid) => oid !== undefined),
    );
    const objects = yield [...wanted];
    const next: FolderPair[] = [];
    for (const pair of level) compareFolder(pair, { objects, select, changes, next });
    level = next;
  }
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface Comparison {
  readonly objects: ReadonlyMap<Oid, TreeOrBlob>;
  readonly select: Selector;
  readonly changes: TreeChange[];
  readonly next: FolderPair[];
}

function compareFolder(pair: FolderPair, work: Comparison): void {
  const left = new Map(entriesOf(work.objects, pair.before).map((entry) => [entry.name, entry]));
  const right = new Map(entriesOf(work.objects, pair.after).map((entry) => [entry.name, entry]));
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(name), right.get(name)];
    if (a?.oid === b?.oid && a?.mode === b?.mode) continue;
    const path = joinPath(pair.path, name);
    compareLeaves(path, a, b, { ...work, whole: pair.whole });
    const [fromFolder, toFolder] = [folderOid(a), folderOid(b)];
    if (fromFolder === toFolder) continue;
    const reach = pair.whole ? 'all' : work.select.folder(path);
    if (reach !== 'none')
      work.next.push({ path, before: fromFolder, after: toFolder, whole: reach === 'all' });
  }
}

function compareLeaves(
  path: string,
  a: TreeEntry | undefined,
  b: TreeEntry | undefined,
  work: Comparison & { readonly whole: boolean },
): void {
  const [before, after] = [leaf(a), leaf(b)];
  if (before === undefined && after === undefined) return;
  if (work.whole || work.select.file(path)) work.changes.push({ path, before, after });
}
