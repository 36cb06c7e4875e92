import type { Oid } from '../tree/object.ts';
import { encodeCommit } from './commit-codec.ts';
import type { CommitContent } from './commit-codec.ts';
import type { EncodedObject } from './encoded-object.ts';
import type { ObjectReader } from './object-reader.ts';
import type { Repository } from './repository.ts';
import { signWithSsh } from './sign-with-ssh.ts';
import { type Placement, placeObjects } from './write-objects.ts';

export interface CommitOptions {
  /** Path of a private SSH key, or of a public one whose private half the agent holds. Without one, nothing is signed. */
  readonly signingKey?: string;
  /** Told what was written, for whoever plans on top of it. */
  readonly reader?: ObjectReader;
}

/** A commit on its way to the disk; a branch may point to it, and anybody be told of it, once it is durable. */
export interface PlacedCommit extends Placement {
  readonly oid: Oid;
}

/** A commit, signed if there is a key, that is written nowhere yet. Throws `signing_failed`. */
export async function makeCommit(
  commit: CommitContent,
  signingKey: string | undefined,
): Promise<EncodedObject> {
  const unsigned = encodeCommit(commit);
  if (signingKey === undefined) return unsigned;
  return encodeCommit(commit, await signWithSsh(signingKey, unsigned.content));
}

/**
 * Writes a commit and the new objects that its tree needs (children first); no branch moves. The same input gives the
 * same id (signed too, with an Ed25519 key). What follows can be prepared while the disk is busy. Throws
 * `signing_failed`.
 */
export async function placeCommit(
  repository: Repository,
  commit: CommitContent,
  objects: readonly EncodedObject[],
  { signingKey, reader }: CommitOptions = {},
): Promise<PlacedCommit> {
  const encoded = await makeCommit(commit, signingKey);
  const written = [...objects, encoded];
  const { placed, durable } = placeObjects(repository, written);
  const known = placed.then(() => reader?.remember(written));
  known.catch(() => undefined);
  return { oid: encoded.oid, placed: known, durable };
}

/** The same, returning the commit's id once it survives a power cut. */
export async function writeCommit(...work: Parameters<typeof placeCommit>): Promise<Oid> {
  const { oid, durable } = await placeCommit(...work);
  await durable;
  return oid;
}
