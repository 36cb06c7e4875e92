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

/** What differs, and the fewest pieces in which it can be taken over from the second tree. */
export interface TreeDifference {
  /** Every selected path that differs, in path order. */
  readonly changes: readonly TreeChange[];
  /** Differing folders that are selected whole, with the id of the second tree's folder, if it has one. */
  readonly folders: readonly { readonly path: string; readonly oid: Oid | undefined }[];
  /** The changes that lie in none of those folders. */
  readonly rest: readonly TreeChange[];
}

/** The selected paths that differ between two trees (`undefined` is the empty tree), in path order. */
export function* diffTrees(
  before: Oid | undefined,
  after: Oid | undefined,
  select: Selector,
): Walk<readonly TreeChange[]> {
  return (yield* compareTrees(before, after, select)).changes;
}

/**
 * Compares two trees (`undefined` is the empty tree). Equal subtrees and folders that the selector rules out are never
 * read: the cost follows the change.
 */
export function* compareTrees(
  before: Oid | undefined,
  after: Oid | undefined,
  select: Selector,
): Walk<TreeDifference> {
  const found: Found = { changes: [], folders: [], rest: [] };
  let level: FolderPair[] = before === after ? [] : [{ path: '', before, after, whole: false }];
  while (level.length > 0) {
    const wanted = level.flatMap((pair) => [pair.before, pair.after]).filter((oid) => oid !== undefined);
    const objects = yield [...new Set(wanted)];
    const next: FolderPair[] = [];
    for (const pair of level) compareFolder(pair, { objects, select, found, next });
    level = next;
  }
  return {
    changes: found.changes.toSorted(byPath),
    folders: found.folders.toSorted(byPath),
    rest: found.rest.toSorted(byPath),
  };
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : 1;

interface Found {
  readonly changes: TreeChange[];
  readonly folders: { readonly path: string; readonly oid: Oid | undefined }[];
  readonly rest: TreeChange[];
}

interface Comparison {
  readonly objects: ReadonlyMap<Oid, TreeOrBlob>;
  readonly select: Selector;
  readonly found: Found;
  readonly next: FolderPair[];
}

function compareFolder(pair: FolderPair, work: Comparison): void {
  const differing = differences(entriesOf(work.objects, pair.before), entriesOf(work.objects, pair.after));
  for (const { name, a, b } of differing) {
    const path = joinPath(pair.path, name);
    const change = { path, before: leaf(a), after: leaf(b) };
    if (pair.whole || work.select.file(path)) noteLeaves(change, pair.whole, work.found);
    const [before, after] = [folderOid(a), folderOid(b)];
    if (before === after) continue;
    const reach = pair.whole ? 'all' : work.select.folder(path);
    if (reach === 'none') continue;
    if (reach === 'all' && !pair.whole) work.found.folders.push({ path, oid: after });
    work.next.push({ path, before, after, whole: reach === 'all' });
  }
}

interface EntryPair {
  readonly name: string;
  readonly a: TreeEntry | undefined;
  readonly b: TreeEntry | undefined;
}

/** A plan looks at the same two folders for what a scope owns, and for what it shares. */
const lastFound = new WeakMap<
  readonly TreeEntry[],
  { readonly right: readonly TreeEntry[]; readonly found: readonly EntryPair[] }
>();

function differences(left: readonly TreeEntry[], right: readonly TreeEntry[]): readonly EntryPair[] {
  const last = lastFound.get(left);
  if (last?.right === right) return last.found;
  const found = findDifferences(left, right);
  lastFound.set(left, { right, found });
  return found;
}

/** Names that do not stand for the same in both folders. Of a name that a broken tree has twice, the last counts. */
function findDifferences(left: readonly TreeEntry[], right: readonly TreeEntry[]): readonly EntryPair[] {
  const [lefts, rights] = withoutSame(left, right);
  const [before, after] = [byName(lefts), byName(rights)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, a: before.get(name), b: after.get(name) }))
    .filter(({ a, b }) => a?.oid !== b?.oid || a?.mode !== b?.mode);
}

const byName = (entries: readonly TreeEntry[]): ReadonlyMap<string, TreeEntry> =>
  new Map(entries.map((entry) => [entry.name, entry]));

function noteLeaves(change: TreeChange, whole: boolean, { changes, rest }: Found): void {
  if (change.before === undefined && change.after === undefined) return;
  changes.push(change);
  if (!whole) rest.push(change);
}

/** Few enough to look for each among all names. */
const mostSingle = 16;

/**
 * Leaves out what is the same on both sides where both have the same names, as nearly all folders have: a map of each
 * would cost more than the comparison.
 */
function withoutSame(
  left: readonly TreeEntry[],
  right: readonly TreeEntry[],
): readonly [readonly TreeEntry[], readonly TreeEntry[]] {
  if (left.length !== right.length) return [left, right];
  const changed: number[] = [];
  for (let at = 0; at < left.length; at += 1) {
    const [entry, other] = [left[at], right[at]];
    // A tree that was made of another has the same entries where nothing changed.
    if (entry === other) continue;
    if (entry === undefined || entry.name !== other?.name) return [left, right];
    if (entry.oid !== other.oid || entry.mode !== other.mode) changed.push(at);
  }
  if (changed.length > mostSingle) return [left, right];
  // A broken tree can have a name twice.
  const last = changed.filter((at) => left.findLastIndex(({ name }) => name === left[at]?.name) === at);
  const pick = (entries: readonly TreeEntry[]) => last.flatMap((at) => entries[at] ?? []);
  return [pick(left), pick(right)];
}
