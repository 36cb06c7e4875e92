import type { Oid } from '../tree/object.ts';
import type { RawObject } from './cat-file.ts';
import { parseCommit } from './commit-codec.ts';
import type { Commit } from './commit-codec.ts';
import { GitError } from './git-error.ts';
import type { ObjectReader } from './object-reader.ts';

/** A commit is asked for again and again while it is planned with, and the reader answers with the same object. */
const parsed = new WeakMap<RawObject, Commit>();

/** The commit with this full id. Throws `object_unexpected` for another type, `object_missing` or `object_corrupt`. */
export async function readCommit(reader: ObjectReader, oid: Oid): Promise<Commit> {
  const raw = await reader.readRaw(oid);
  const known = parsed.get(raw);
  if (known !== undefined) return known;
  const { type, content } = raw;
  if (type !== 'commit') throw new GitError('object_unexpected', { oid, actual: type, expected: 'commit' });
  if (content === undefined) throw new GitError('object_corrupt', { oid, reason: 'the commit is too large' });
  const commit = parseCommit(oid, content);
  parsed.set(raw, commit);
  return commit;
}
