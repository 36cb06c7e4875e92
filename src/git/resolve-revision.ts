import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { GitError, oneLine, reasonOf } from './git-error.ts';
import { runGit } from './run-git.ts';
import type { Repository } from './repository.ts';

/**
 * The commit that a person means: a full or unique short id, a branch, a tag (followed to its commit), `HEAD`, or one
 * of these with `~3` or `^2` behind it. Throws `revision_malformed`, `revision_unknown`, `revision_ambiguous` with
 * its `candidates`, or `object_unexpected` when it is no commit.
 */
export async function resolveRevision(repository: Repository, revision: string): Promise<Oid> {
  if (!isPlainRevision(revision)) throw new GitError('revision_malformed', { revision: oneLine(revision) });
  const { status, stdout, stderr } = await verify(repository, `${revision}^{commit}`);
  const oid = stdout.toString('latin1').trim();
  if (status === 0 && isOid(oid)) return oid;
  const candidates = [...stderr.matchAll(/^hint: +([0-9a-f]+ commit .*)$/gm)].map(([, text = '']) =>
    oneLine(text),
  );
  if (candidates.length > 0) throw new GitError('revision_ambiguous', { revision, candidates });
  throw await whyNoCommit(repository, revision);
}

/** Git's language for revisions is far larger; the rest of it reaches into files, messages and reflogs. */
const isPlainRevision = (revision: string): boolean =>
  revision !== '' &&
  revision.length <= 250 &&
  !revision.startsWith('-') &&
  revision.isWellFormed() &&
  !/\.\.|[:[\]\\*?]|\^\{|@\{|\^[@!-]|[\p{Cc}\s]/u.test(revision);

const verify = (repository: Repository, revision: string): ReturnType<typeof runGit> =>
  runGit(repository, ['rev-parse', '--verify', '--end-of-options', revision]);

async function whyNoCommit(repository: Repository, revision: string): Promise<GitError> {
  const { stdout } = await verify(repository, `${revision}^{}`);
  const oid = stdout.toString('latin1').trim();
  // What looks like an id may be a commit that a shallow clone does not have.
  if (!isOid(oid) && repository.shallow && /^[0-9a-f]{4,40}$/i.test(revision))
    return new GitError('shallow_repository', { path: repository.path });
  if (!isOid(oid)) return new GitError('revision_unknown', { revision });
  const { status, stdout: type, stderr } = await runGit(repository, ['cat-file', '-t', oid]);
  if (status === 0) {
    const actual = type.toString('latin1').trim();
    return actual === 'commit'
      ? new GitError('object_corrupt', { oid, reason: 'it could not be read as a commit' })
      : new GitError('object_unexpected', { oid, actual, expected: 'commit' });
  }
  return revision === oid && !/^error: /m.test(stderr)
    ? new GitError('revision_unknown', { revision })
    : new GitError('object_corrupt', { oid, reason: reasonOf(stderr) });
}
