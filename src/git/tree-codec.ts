import { invariant } from '../std/invariant.ts';
import { isFolder } from '../tree/object.ts';
import type { Mode, Oid, TreeEntry, TreeObject } from '../tree/object.ts';
import { encodeObject } from './encoded-object.ts';
import type { EncodedObject } from './encoded-object.ts';
import { decodeName, encodeName } from './name-bytes.ts';
import { refuseUnsafeName } from './refuse-unsafe-name.ts';
import { GitError } from './git-error.ts';

/**
 * Reads a tree's content. Lenient about what git has ever written (odd modes, order, names such as `.git`); throws
 * `object_corrupt` for bytes that are no tree, or for a name with a slash, which could be mistaken for a path.
 */
export function parseTree(oid: Oid, content: Buffer): TreeObject {
  const entries: TreeEntry[] = [];
  // Once for all entries: a call for each of its three parts would cost more than reading the whole.
  const text = content.toString('latin1');
  const hex = content.toString('hex');
  for (let at = 0; at < content.length;) {
    const space = text.indexOf(' ', at);
    const nul = text.indexOf('\0', space + 1);
    const end = nul + 21;
    const malformed = space < 0 || nul < 0 || nul === space + 1 || end > content.length;
    const mode = malformed ? undefined : parseMode(text.slice(at, space));
    if (mode === undefined) throw corruptTree(oid, 'its tree entries are malformed');
    const bytes = text.slice(space + 1, nul);
    const name = ascii.test(bytes) ? bytes : decodeName(content.subarray(space + 1, nul));
    if (name.includes('/')) throw corruptTree(oid, 'a name in it has a slash');
    entries.push({ mode, name, oid: hex.slice(2 * nul + 2, 2 * end) });
    at = end;
  }
  return { type: 'tree', entries };
}

const corruptTree = (oid: Oid, reason: string): GitError => new GitError('object_corrupt', { oid, reason });

const exactModes: ReadonlyMap<string, Mode> = new Map([
  ['100644', '100644'],
  ['100755', '100755'],
  ['120000', '120000'],
  ['160000', '160000'],
  ['40000', '040000'],
]);

/** Git's own reading: early versions wrote other permission bits and a leading zero. */
function parseMode(octal: string): Mode | undefined {
  const exact = exactModes.get(octal);
  if (exact !== undefined || !/^[0-7]{1,7}$/.test(octal)) return exact;
  const bits = Number.parseInt(octal, 8);
  const kind = bits & 0o170000;
  if (kind === 0o100000) return bits & 0o100 ? '100755' : '100644';
  if (kind === 0o120000) return '120000';
  return kind === 0o040000 ? '040000' : '160000';
}

/**
 * Makes a tree of these entries, in any order. Throws `path_outside` for a name that is unsafe or stands there twice.
 */
export function encodeTree(entries: readonly TreeEntry[]): EncodedObject {
  const rows = entries.map(knownRow);
  if (!rows.every((row, index) => index === 0 || ordered(rows[index - 1], row)))
    rows.sort((left, right) => (left.key < right.key ? -1 : 1));
  refuseDuplicates(rows);
  const content = Buffer.allocUnsafe(rows.reduce((sum, { head }) => sum + head.length + 20, 0));
  let at = 0;
  for (const { head, entry } of rows) {
    at += content.write(head, at, 'latin1');
    const written = content.write(entry.oid, at, 'hex');
    invariant(written === 20 && entry.oid.length === 40, 'a tree entry has a full object id');
    at += written;
  }
  // Whoever plans on top of it reads it next: the entries that did not change are then the same, and parsed once.
  return {
    ...encodeObject('tree', content),
    tree: { type: 'tree', entries: rows.map(({ entry }) => entry) },
  };
}

/** One entry on its way into a tree. Texts hold a byte in each character, so they sort as the bytes do. */
interface Row {
  readonly entry: TreeEntry;
  readonly name: string;
  /** What git sorts by: folders as if their name ended in a slash. */
  readonly key: string;
  /** What stands before the id. */
  readonly head: string;
}

/** Nearly all names: their bytes are their characters. */
const ascii = /^[ -~]*$/;

/** A tree that is made of another has the same entries but for a few. */
const rowsMade = new WeakMap<TreeEntry, Row>();

function knownRow(entry: TreeEntry): Row {
  const known = rowsMade.get(entry);
  if (known) return known;
  const row = rowOf(entry);
  rowsMade.set(entry, row);
  return row;
}

function rowOf(entry: TreeEntry): Row {
  refuseUnsafeName(entry.name);
  const name = ascii.test(entry.name) ? entry.name : encodeName(entry.name).toString('latin1');
  const folder = isFolder(entry.mode);
  return {
    entry,
    name,
    key: folder ? `${name}/` : name,
    head: `${folder ? '40000' : entry.mode} ${name}\0`,
  };
}

const ordered = (left: Row | undefined, right: Row): boolean => left !== undefined && left.key < right.key;

/** Of rows in order. Two of a kind are neighbours; a file `a` and a folder `a` need not be, as `a.b` is between them. */
function refuseDuplicates(rows: readonly Row[]): void {
  const files = rows.filter(({ key, name }) => key === name);
  const seen = files.length < rows.length ? new Set(files.map(({ name }) => name)) : undefined;
  for (const [index, { entry, key, name }] of rows.entries())
    if (key === rows[index - 1]?.key || (key !== name && seen?.has(name) === true))
      throw new GitError('path_outside', { path: entry.name, reason: 'it would be there twice' });
}
