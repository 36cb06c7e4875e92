import { invariant } from '../std/invariant.ts';
import type { Edit } from '../tree/edit.ts';
import { isFolder } from '../tree/object.ts';
import type { Oid, TreeEntry } from '../tree/object.ts';
import { encodeBlob } from './encoded-object.ts';
import type { EncodedObject } from './encoded-object.ts';
import { GitError, oneLine } from './git-error.ts';
import type { ObjectReader } from './object-reader.ts';
import { refuseUnsafeName } from './refuse-unsafe-name.ts';
import { encodeTree } from './tree-codec.ts';

/** The tree that edits lead to, and the objects it needs that were made for it, children first. Nothing is written. */
export interface AppliedEdits {
  readonly tree: Oid;
  readonly objects: readonly EncodedObject[];
}

/**
 * Applies edits to a tree, rewriting one tree per folder on their paths and reading no other. Their order does not
 * matter: an edit of a folder comes before edits inside it, and a file or folder that is put replaces whatever is
 * there, be it folder or file. Deleting what is not there changes nothing. Throws `path_outside`, and `object_missing`
 * or `object_unexpected` for an object put in place that is not there or not of its mode.
 */
export async function applyEdits(
  reader: ObjectReader,
  baseTree: Oid,
  edits: readonly Edit[],
): Promise<AppliedEdits> {
  const root = newPlace();
  for (const edit of edits) addEdit(root, edit);
  const [rewritten] = await Promise.all([
    rewriteFolder(reader, root, baseTree),
    ...edits.map((edit) => refuseAbsent(reader, edit)),
  ]);
  const { oid, objects } = rewritten;
  if (oid !== undefined) return { tree: oid, objects };
  const empty = encodeTree([]);
  return { tree: empty.oid, objects: [empty] };
}

/** As on most systems. It bounds how deep we go, too. */
const longestPath = 4096;

type Put = Exclude<Edit, { kind: 'delete' }>;

/** What is to happen at one path and below it. */
interface Place {
  removed: boolean;
  put: Put | undefined;
  readonly inside: Map<string, Place>;
}
const newPlace = (): Place => ({ removed: false, put: undefined, inside: new Map() });

function addEdit(root: Place, edit: Edit): void {
  if (edit.path.length > longestPath)
    throw new GitError('path_outside', { path: oneLine(edit.path), reason: 'it is too long' });
  const names = edit.path.split('/');
  for (const name of names) refuseUnsafeName(name);
  let place = root;
  for (const name of names) {
    const next = place.inside.get(name) ?? newPlace();
    place.inside.set(name, next);
    place = next;
  }
  if (edit.kind === 'delete') place.removed = true;
  else {
    invariant(place.put === undefined, `one edit puts something at ${edit.path}`);
    place.put = edit;
  }
}

/** Throws `object_missing` or `object_unexpected` unless an object that is to be put in place is there, and of its mode. */
export async function refuseAbsent(reader: ObjectReader, edit: Edit): Promise<void> {
  // A submodule's commit lives elsewhere, and what a partial clone left out would be fetched one by one.
  if (edit.kind !== 'put' || edit.mode === '160000' || reader.repository.partial) return;
  const actual = await reader.typeOf(edit.oid);
  const expected = isFolder(edit.mode) ? 'tree' : 'blob';
  if (actual === undefined) throw new GitError('object_missing', { oid: edit.oid });
  if (actual !== expected) throw new GitError('object_unexpected', { oid: edit.oid, actual, expected });
}

interface Rewritten {
  /** Nothing when the folder is empty now, and so disappears. */
  readonly oid: Oid | undefined;
  readonly objects: readonly EncodedObject[];
}

async function rewriteFolder(
  reader: ObjectReader,
  place: Place,
  current: Oid | undefined,
): Promise<Rewritten> {
  const before = current === undefined ? [] : await entriesOf(reader, current);
  const find = finder(before, place.inside.size);
  const changes = await Promise.all(
    [...place.inside].map(async ([name, inside]) => {
      const at = find(name);
      return { name, at, ...(await rewriteEntry(reader, inside, { name, current: before[at] })) };
    }),
  );
  const unchanged = changes.every(({ at, entry }) => sameEntry(before[at], entry));
  if (unchanged && current !== undefined) return { oid: current, objects: [] };
  const after = replaced(before, changes);
  if (after.length === 0) return { oid: undefined, objects: [] };
  const tree = encodeTree(after);
  return { oid: tree.oid, objects: [...changes.flatMap(({ objects }) => objects), tree] };
}

const sameEntry = (one: TreeEntry | undefined, other: TreeEntry | undefined): boolean =>
  one?.oid === other?.oid && one?.mode === other?.mode;

/** So few names are looked for one by one: a map of a large folder costs more than all else that is done with it. */
const fewNames = 16;

/** Where a name is among the entries, or -1. Of a name that a broken tree has twice, the last counts. */
function finder(entries: readonly TreeEntry[], names: number): (name: string) => number {
  if (names <= fewNames) return (name) => entries.findLastIndex((entry) => entry.name === name);
  const places = new Map(entries.map(({ name }, at) => [name, at]));
  return (name) => places.get(name) ?? -1;
}

/** A folder's entries with some of them changed, gone, or new ones at the end. */
function replaced(
  before: readonly TreeEntry[],
  changes: readonly { readonly at: number; readonly entry: TreeEntry | undefined }[],
): readonly TreeEntry[] {
  const after: (TreeEntry | undefined)[] = [...before];
  for (const { at, entry } of changes) {
    if (at >= 0) after[at] = entry;
    else after.push(entry);
  }
  return after.filter((entry) => entry !== undefined);
}

interface RewrittenEntry {
  readonly entry: TreeEntry | undefined;
  readonly objects: readonly EncodedObject[];
}

async function rewriteEntry(
  reader: ObjectReader,
  place: Place,
  at: { readonly name: string; readonly current: TreeEntry | undefined },
): Promise<RewrittenEntry> {
  const start = startOf(place, at);
  const fills = [...place.inside.values()].some(putsSomething);
  const enters = start.entry === undefined ? fills : isFolder(start.entry.mode) && place.inside.size > 0;
  if (!enters && !fills) return start;
  invariant(place.put === undefined || enters, `nothing is put inside the file ${at.name}`);
  const folder = start.entry && isFolder(start.entry.mode) ? start.entry.oid : undefined;
  const { oid, objects } = await rewriteFolder(reader, place, folder);
  const entry: TreeEntry | undefined = oid === undefined ? undefined : { mode: '040000', name: at.name, oid };
  // Taken away and written again as it was: all of it is there already.
  return { entry, objects: oid === at.current?.oid ? [] : objects };
}

/** What stands at a place before the edits inside it are looked at. */
function startOf(
  { put, removed }: Place,
  { name, current }: { readonly name: string; readonly current: TreeEntry | undefined },
): RewrittenEntry {
  if (put === undefined) return { entry: removed ? undefined : current, objects: [] };
  if (put.kind === 'put') return { entry: { mode: put.mode, name, oid: put.oid }, objects: [] };
  invariant(put.text.isWellFormed(), `the text of ${put.path} can be written as UTF-8`);
  const blob = encodeBlob(put.text);
  return { entry: { mode: put.mode, name, oid: blob.oid }, objects: blob.oid === current?.oid ? [] : [blob] };
}

const putsSomething = (place: Place): boolean =>
  place.put !== undefined || [...place.inside.values()].some(putsSomething);

async function entriesOf(reader: ObjectReader, oid: Oid): Promise<readonly TreeEntry[]> {
  const tree = (await reader.read([oid])).get(oid);
  if (tree?.type === 'tree') return tree.entries;
  throw new GitError('object_unexpected', { oid, actual: tree?.type ?? 'missing', expected: 'tree' });
}
