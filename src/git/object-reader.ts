import type { Oid, TreeOrBlob } from '../tree/object.ts';
import { CatFile } from './cat-file.ts';
import type { RawObject } from './cat-file.ts';
import { objectId } from './encoded-object.ts';
import type { EncodedObject, ObjectType } from './encoded-object.ts';
import { GitError } from './git-error.ts';
import { objectCache } from './object-cache.ts';
import type { Repository } from './repository.ts';
import { parseTree } from './tree-codec.ts';

export interface ReaderOptions {
  /** Bytes above which a blob is described by its size alone; 5 MiB unless told. */
  readonly textLimit?: number;
  /** Bytes of decoded objects to remember; 64 MiB unless told. */
  readonly cacheBytes?: number;
  /** Whether git may fetch what a partial clone left out; it may unless told. */
  readonly lazyFetch?: boolean;
}

/** Reads objects of one repository by full id. Everything it returns was checked against its id. */
export interface ObjectReader {
  readonly repository: Repository;
  /**
   * These trees and blobs, in one round trip. Rejects with `object_missing`, `object_corrupt`, or `object_unexpected`
   * for a commit or a tag.
   */
  readonly read: (oids: Iterable<Oid>) => Promise<ReadonlyMap<Oid, TreeOrBlob>>;
  /** One object of any type, as stored. Its content is absent above the text limit. */
  readonly readRaw: (oid: Oid) => Promise<RawObject>;
  /** Its type, as it was when it was read lately or as it is; nothing when it is not there. */
  readonly typeOf: (oid: Oid) => Promise<ObjectType | undefined>;
  /** Type and size, without loading the object; nothing when it is not there. */
  readonly describe: (oid: Oid) => Promise<Pick<RawObject, 'type' | 'size'> | undefined>;
  /** Spares it the reading of commits, trees and blobs that were written to this repository just now. */
  readonly remember: (objects: readonly EncodedObject[]) => void;
  /** The process id of the git that answers, while there is one. */
  readonly pid: () => number | undefined;
  readonly close: () => Promise<void>;
}

export function openObjectReader(repository: Repository, options: ReaderOptions = {}): ObjectReader {
  const { textLimit = 5 * 1024 * 1024, cacheBytes = 64 * 1024 * 1024, lazyFetch = true } = options;
  const catFile = new CatFile(repository, { textLimit, lazyFetch });
  const memory = objectMemory(cacheBytes);

  const fetch = async (oid: Oid): Promise<RawObject> => checked(await catFile.ask('contents', oid));
  const read = async (oids: Iterable<Oid>): Promise<ReadonlyMap<Oid, TreeOrBlob>> => {
    const found = new Map<Oid, TreeOrBlob>();
    const asked: Promise<unknown>[] = [];
    for (const oid of new Set(oids)) {
      const known = memory.decoded(oid);
      if (known !== undefined) found.set(oid, known);
      else asked.push(fetch(oid).then((raw) => found.set(oid, memory.keep(oid, decode(raw)))));
    }
    await Promise.all(asked);
    return found;
  };
  return {
    repository,
    read,
    readRaw: async (oid) => memory.commit(oid) ?? memory.keepCommit(await fetch(oid)),
    remember: (objects) => {
      for (const object of objects) {
        const size = object.content.length;
        if (object.type === 'commit') memory.keepCommit({ ...object, size });
        // What is written is seldom larger than what is read; if it is, it is read by the rules for that.
        else if (object.type === 'tree' || size <= textLimit) memory.keep(object.oid, decodedOf(object));
      }
    },
    typeOf: async (oid) =>
      (memory.decoded(oid) ?? (await catFile.ask('info', oid).catch(nothingWhenMissing)))?.type,
    describe: (oid) => catFile.ask('info', oid).catch(nothingWhenMissing),
    pid: () => catFile.pid,
    close: () => catFile.close(),
  };
}

/** A reader that also knows objects which are not in the repository yet, and may never be. */
export function readerWith(reader: ObjectReader, unwritten: ReadonlyMap<Oid, EncodedObject>): ObjectReader {
  const rawOf = (oid: Oid): RawObject | undefined => {
    const object = unwritten.get(oid);
    return object && { ...object, size: object.content.length };
  };
  return {
    ...reader,
    read: async (oids) => {
      const [here, there]: [[Oid, TreeOrBlob][], Oid[]] = [[], []];
      for (const oid of oids) {
        const object = unwritten.get(oid);
        if (object === undefined) there.push(oid);
        else here.push([oid, decodedOf(object)]);
      }
      const found = await reader.read(there);
      return here.length === 0 ? found : new Map([...found, ...here]);
    },
    readRaw: async (oid) => rawOf(oid) ?? reader.readRaw(oid),
    typeOf: async (oid) => unwritten.get(oid)?.type ?? reader.typeOf(oid),
    describe: async (oid) => rawOf(oid) ?? reader.describe(oid),
  };
}

const decodedObjects = new WeakMap<EncodedObject, TreeOrBlob>();

/** What is planned on top of an object reads it several times before it is written, and again afterwards. */
function decodedOf(object: EncodedObject): TreeOrBlob {
  const value =
    object.tree ?? decodedObjects.get(object) ?? decode({ ...object, size: object.content.length });
  decodedObjects.set(object, value);
  return value;
}

/** The same for objects that were just made. */
export const readerAhead = (reader: ObjectReader, made: readonly EncodedObject[]): ObjectReader =>
  readerWith(reader, new Map(made.map((object) => [object.oid, object])));

/** What was read or written lately. */
interface ObjectMemory {
  readonly decoded: (oid: Oid) => TreeOrBlob | undefined;
  readonly keep: (oid: Oid, value: TreeOrBlob) => TreeOrBlob;
  readonly commit: (oid: Oid) => RawObject | undefined;
  /** Keeps it if it is a commit. */
  readonly keepCommit: (raw: RawObject) => RawObject;
}

function objectMemory(bytes: number): ObjectMemory {
  const values = objectCache<TreeOrBlob>(bytes);
  const commits = objectCache<RawObject>(bytes / 16);
  return {
    decoded: values.get,
    keep: (oid, value) => {
      values.set(oid, value, costOf(value));
      return value;
    },
    commit: commits.get,
    keepCommit: (raw) => {
      if (raw.type === 'commit') commits.set(raw.oid, raw, 256 + raw.size);
      return raw;
    },
  };
}

function nothingWhenMissing(error: unknown): undefined {
  if (!(error instanceof GitError) || error.code !== 'object_missing') throw error;
}

// A file under the wrong name, or flipped bits under a valid checksum, pass git's own reading.
function checked(raw: RawObject): RawObject {
  const { oid, type, content } = raw;
  if (content !== undefined && objectId(type, content) !== oid)
    throw new GitError('object_corrupt', { oid, reason: 'its content does not have this id' });
  return raw;
}

function decode({ oid, type, size, content }: RawObject): TreeOrBlob {
  if (type === 'blob') return { type, size, text: content && textOf(content) };
  if (type !== 'tree')
    throw new GitError('object_unexpected', { oid, actual: type, expected: 'tree or blob' });
  if (content === undefined) throw new GitError('object_corrupt', { oid, reason: 'the tree is too large' });
  return parseTree(oid, content);
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return strictUtf8.decode(content);
  } catch {
    return undefined;
  }
}

// About what the decoded value occupies: strings are up to two bytes a character, an entry is an object of three.
const costOf = (value: TreeOrBlob): number =>
  value.type === 'tree' ? 64 + value.entries.length * 200 : 64 + (value.text?.length ?? 0) * 2;
