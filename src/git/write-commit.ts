import type { Oid } from '../tree/object.ts';
import { encodeCommit } from './commit-codec.ts';
import type { CommitContent } from './commit-codec.ts';
import type { EncodedObject } from './encoded-object.ts';
import type { Repository } from './repository.ts';
import { signWithSsh } from './sign-with-ssh.ts';
import { writeObjects } from './write-objects.ts';

export interface CommitOptions {
  /** Path of a private SSH key, or of a public one whose private half the agent holds. Without one, nothing is signed. */
  readonly signingKey?: string;
}

/**
 * Writes a commit and the new objects that its tree needs (children first), durably, and returns its id; no branch
 * moves. The same input gives the same id (signed too, with an Ed25519 key). Throws `repository_unwritable` or
 * `signing_failed`.
 */
export async function writeCommit(
  repository: Repository,
  commit: CommitContent,
  objects: readonly EncodedObject[],
  { signingKey }: CommitOptions = {},
): Promise<Oid> {
  const unsigned = encodeCommit(commit);
  const encoded =
    signingKey === undefined
      ? unsigned
      : encodeCommit(commit, await signWithSsh(signingKey, unsigned.content));
  await writeObjects(repository, [...objects, encoded]);
  return encoded.oid;
}
