import type { Oid, TreeOrBlob } from '../tree/object.ts';
import { CatFile } from './cat-file.ts';
import type { RawObject } from './cat-file.ts';
import { objectId } from './encoded-object.ts';
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
  /** Type and size, without loading the object; nothing when it is not there. */
  readonly describe: (oid: Oid) => Promise<Pick<RawObject, 'type' | 'size'> | undefined>;
  /** The process id of the git that answers, while there is one. */
  readonly pid: () => number | undefined;
  readonly close: () => Promise<void>;
}

export function openObjectReader(repository: Repository, options: ReaderOptions = {}): ObjectReader {
  const { textLimit = 5 * 1024 * 1024, cacheBytes = 64 * 1024 * 1024, lazyFetch = true } = options;
  const catFile = new CatFile(repository, { textLimit, lazyFetch });
  const cache = objectCache<TreeOrBlob>(cacheBytes);
  const commits = objectCache<RawObject>(cacheBytes / 16);

  const readOne = async (oid: Oid): Promise<TreeOrBlob> => {
    const raw = checked(await catFile.ask('contents', oid));
    const value = decode(raw);
    cache.set(oid, value, costOf(value));
    return value;
  };
  const read = async (oids: Iterable<Oid>): Promise<ReadonlyMap<Oid, TreeOrBlob>> => {
    const found = new Map<Oid, TreeOrBlob>();
    const asked: Promise<unknown>[] = [];
    for (const oid of new Set(oids)) {
      const known = cache.get(oid);
      if (known === undefined) asked.push(readOne(oid).then((value) => found.set(oid, value)));
      else found.set(oid, known);
    }
    await Promise.all(asked);
    return found;
  };
  const readRaw = async (oid: Oid): Promise<RawObject> => {
    const known = commits.get(oid);
    if (known !== undefined) return known;
    const raw = checked(await catFile.ask('contents', oid));
    if (raw.type === 'commit') commits.set(oid, raw, 256 + raw.size);
    return raw;
  };
  return {
    repository,
    read,
    readRaw,
    describe: (oid) => catFile.ask('info', oid).catch(nothingWhenMissing),
    pid: () => catFile.pid,
    close: () => catFile.close(),
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
