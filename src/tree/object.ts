/**
 * Room `tree`: file trees as values, their differences, restoring by selector, and fields inside YAML and JSON.
 * It knows Git's object model as plain data. It must never know tenants, rollbacks, disks, processes or time.
 */

/** An object id: 40 lower-case hexadecimal digits. */
export type Oid = string;

/** Git's five entry modes: file, executable file, symbolic link, submodule, folder. */
export type Mode = '100644' | '100755' | '120000' | '160000' | '040000';

/**
 * One name in a folder. Names are UTF-8; bytes that are not become lone surrogates U+DC80–U+DCFF, so that every
 * name survives a round trip.
 */
export interface TreeEntry {
  readonly mode: Mode;
  readonly name: string;
  readonly oid: Oid;
}

export interface TreeObject {
  readonly type: 'tree';
  readonly entries: readonly TreeEntry[];
}

/** `text` is absent when the bytes are not UTF-8, contain NUL, or exceed the reader's text limit. A BOM is kept. */
export interface BlobObject {
  readonly type: 'blob';
  readonly size: number;
  readonly text: string | undefined;
}

export type TreeOrBlob = TreeObject | BlobObject;

/**
 * A computation that needs objects it does not have yet: it yields the ids, all that it can name at once, and is
 * handed their content. Pure, and cheap to drive: one round trip per level of a tree.
 */
export type Walk<Result> = Generator<readonly Oid[], Result, ReadonlyMap<Oid, TreeOrBlob>>;

export const isFolder = (mode: Mode): boolean => mode === '040000';
export const isRegularFile = (mode: Mode): boolean => mode === '100644' || mode === '100755';
