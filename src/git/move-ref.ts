import { dirname, join } from 'node:path';
import { failPoint } from '../std/fail-point.ts';
import { invariant } from '../std/invariant.ts';
import type { Oid } from '../tree/object.ts';
import { isOid } from './encoded-object.ts';
import { GitError, oneLine, reasonOf } from './git-error.ts';
import { type RefLock, lockRef } from './ref-lock.ts';
import type { Repository } from './repository.ts';
import { reflogName, runGit } from './run-git.ts';
import { openMoveNotes, removeLockFromBeforeBoot } from './stale-lock.ts';
import type { MoveNotes } from './stale-lock.ts';
import { syncFolder } from './sync-folder.ts';
import { asUnwritable } from './unwritable.ts';
import type { Placement } from './write-objects.ts';
import { UpdateRef } from './update-ref.ts';

/** A compare-and-set of one ref, such as `refs/heads/main`. Without `from` the ref must not exist yet. */
export interface RefMove {
  readonly ref: string;
  readonly from: Oid | undefined;
  readonly to: Oid;
  /** The ref is locked meanwhile, and moves once its commit is durable. When that fails nothing moves, and it is thrown. */
  readonly when?: Placement;
}

export interface RefMover {
  /**
   * Moves the ref durably, or leaves it as it is: throws `ref_moved` with its `actual` id (empty when it is gone),
   * `ref_locked` with the `lock` file, `object_missing`, `repository_unwritable`, or `git_failed`. Moves run one after the other.
   */
  readonly move: (move: RefMove) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `reflogMessage` is what `git reflog` shows for these moves. */
export function openRefMover(repository: Repository, reflogMessage = 'knowngood'): RefMover {
  const message = oneLine(reflogMessage);
  const updateRef = new UpdateRef(repository, message);
  const notes = repository.owned ? openMoveNotes(repository) : undefined;
  let last: Promise<unknown> = Promise.resolve();
  const move = (wanted: RefMove): Promise<void> => {
    const turn = last
      .then(() => moveOnce({ repository, updateRef, notes, message }, wanted, 0))
      .catch((error: unknown) => {
        throw asUnwritable(repository, error);
      });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    move,
    close: async () => {
      await last;
      await updateRef.close();
      notes?.close();
    },
  };
}

interface Mover {
  readonly repository: Repository;
  readonly updateRef: UpdateRef;
  readonly notes: MoveNotes | undefined;
  readonly message: string;
}

const attempts = 3;

async function moveOnce(mover: Mover, move: RefMove, attempt: number): Promise<void> {
  const { ref, from, to } = move;
  invariant(/^refs\/[^\0]+$/.test(ref), 'a ref is named in full');
  invariant(isOid(to) && (from === undefined || isOid(from)), 'a ref moves between full ids');
  const lock = await lockOwned(mover, move);
  await (lock ? moveLocked(mover, move, lock) : moveByGit(mover, move, attempt));
}

/** A lock that we take ourselves: it saves two turns of a child. Only for a commit of ours, which will be there. */
async function lockOwned({ repository, notes, message }: Mover, move: RefMove): Promise<RefLock | undefined> {
  const { ref, from, to, when } = move;
  if (notes === undefined || from === undefined || when === undefined || !ref.startsWith('refs/heads/'))
    return undefined;
  await notes.record({ child: process.pid, ref, to });
  const reflog = `${reflogName} ${Math.floor(Date.now() / 1000)} +0000\t${message}`;
  return lockRef(repository, { ref, from, to, reflog });
}

async function moveLocked({ repository }: Mover, move: RefMove, lock: RefLock): Promise<void> {
  try {
    await failPoint('git.ref.prepared');
    await Promise.all([syncAfter(lock, move.when), move.when?.durable]);
    lock.commit();
  } catch (error) {
    lock.drop();
    throw error;
  }
  await failPoint('git.ref.moved');
  await syncRef(repository, move);
  await failPoint('git.ref.durable');
}

/** The lock is synced along with the folders of the objects: the disk's journal is written once for all of them. */
async function syncAfter(lock: RefLock, when: Placement | undefined): Promise<void> {
  await when?.placed;
  await lock.sync();
}

async function moveByGit(mover: Mover, move: RefMove, attempt: number): Promise<void> {
  const { repository, updateRef, notes } = mover;
  const { ref, from, to, when } = move;
  // Git locks no ref for an object that it cannot find.
  await when?.placed;
  const child = updateRef.pid;
  if (child !== undefined) await notes?.record({ child, ref, to });
  const expected = from ?? '0'.repeat(40);
  const prepared = await updateRef.prepare(`update ${ref}\0${to}\0${expected}\0`);
  if (!prepared.ok) return afterRefusal(mover, move, { stderr: prepared.stderr, attempt });
  try {
    await failPoint('git.ref.prepared');
    await when?.durable;
  } catch (error) {
    // The child would keep the lock, and take no other transaction.
    await updateRef.close();
    throw error;
  }
  const committed = await updateRef.commit();
  if (!committed.ok) return afterUncertainty(mover, move, { stderr: committed.stderr, attempt });
  await failPoint('git.ref.moved');
  await syncRef(repository, move);
  await failPoint('git.ref.durable');
}

interface Failure {
  readonly stderr: string;
  readonly attempt: number;
}

async function afterRefusal(mover: Mover, move: RefMove, { stderr, attempt }: Failure): Promise<void> {
  const { repository, notes } = mover;
  if (stderr === '') notes?.suspect();
  const lock = /Unable to create '(.+\.lock)': File exists/s.exec(stderr)?.[1];
  if (lock !== undefined) {
    const again = repository.owned && attempt + 1 < attempts && (await removeLockFromBeforeBoot(lock));
    if (again) return moveOnce(mover, move, attempt + 1);
    throw new GitError('ref_locked', { ref: move.ref, lock: oneLine(lock) });
  }
  // Git was stopped before it did anything, by somebody else.
  if (stderr === '' && attempt + 1 < attempts) return moveOnce(mover, move, attempt + 1);
  if (/is at [0-9a-f]{40} but expected|reference already exists|unable to resolve reference/.test(stderr)) {
    const actual = /is at ([0-9a-f]{40}) but/.exec(stderr)?.[1] ?? (await readRef(repository, move.ref));
    if (!/reference broken/.test(stderr)) throw lostRace(move, actual);
  }
  const blocked =
    /(Permission denied|Read-only file system|No space left on device|Disk quota exceeded)/.exec(stderr)?.[1];
  if (blocked !== undefined)
    throw new GitError('repository_unwritable', { path: repository.path, reason: blocked.toLowerCase() });
  if (/nonexistent object/.test(stderr)) throw new GitError('object_missing', { oid: move.to });
  throw new GitError('git_failed', { command: 'update-ref', reason: reasonOf(stderr) });
}

/** Git died while it was told to commit: only the ref itself knows whether it moved. */
async function afterUncertainty(mover: Mover, move: RefMove, { stderr, attempt }: Failure): Promise<void> {
  mover.notes?.suspect();
  const actual = await readRef(mover.repository, move.ref);
  if (actual === move.to) return syncRef(mover.repository, move);
  if (actual !== (move.from ?? '')) throw lostRace(move, actual);
  if (attempt + 1 < attempts) return moveOnce(mover, move, attempt + 1);
  throw new GitError('git_failed', { command: 'update-ref', reason: reasonOf(stderr) });
}

const lostRace = ({ ref, from = '' }: RefMove, actual: string): GitError =>
  new GitError('ref_moved', { ref, expected: from, actual });

async function readRef(repository: Repository, ref: string): Promise<string> {
  const { stdout } = await runGit(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
  return stdout.toString('latin1').trim();
}

/** Git syncs the ref's file but not the folder it renames it in: after a power cut the old name could be back. */
async function syncRef(repository: Repository, { ref, from }: RefMove): Promise<void> {
  if (repository.refFormat === 'reftable') return syncFolder(join(repository.commonDir, 'reftable'));
  const top = join(repository.commonDir, 'refs');
  const folder = dirname(join(repository.commonDir, ref));
  await syncFolder(folder);
  // A new ref can have brought new folders.
  if (from !== undefined) return;
  for (let above = folder; above.length > top.length; above = dirname(above))
    await syncFolder(dirname(above));
}
