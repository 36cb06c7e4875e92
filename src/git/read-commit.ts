import type { Oid } from '../tree/object.ts';
import { parseCommit } from './commit-codec.ts';
import type { Commit } from './commit-codec.ts';
import { GitError } from './git-error.ts';
import type { ObjectReader } from './object-reader.ts';

/** The commit with this full id. Throws `object_unexpected` for another type, `object_missing` or `object_corrupt`. */
export async function readCommit(reader: ObjectReader, oid: Oid): Promise<Commit> {
  const { type, content } = await reader.readRaw(oid);
  if (type !== 'commit') throw new GitError('object_unexpected', { oid, actual: type, expected: 'commit' });
  if (content === undefined) throw new GitError('object_corrupt', { oid, reason: 'the commit is too large' });
  return parseCommit(oid, content);
}
