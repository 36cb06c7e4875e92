import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Oid } from '../tree/object.ts';
import { processStart } from './process-start.ts';
import type { Repository } from './repository.ts';
import { syncFolder } from './sync-folder.ts';

/** A move that a child of ours is about to make, and when that child was started, so that it is not mistaken later. */
interface Note {
  readonly child: number;
  readonly started: string;
  readonly ref: string;
  readonly to: Oid;
}

/** Keeps on disk which child is about to lock which ref. For owned repositories: nobody else's folder gets our files. */
export interface MoveNotes {
  /** Records the move, for the first time of this process after removing the locks that a noted child left behind. */
  readonly record: (move: {
    readonly child: number;
    readonly ref: string;
    readonly to: Oid;
  }) => Promise<void>;
  /** The noted child died in the middle: before the next move is recorded, its locks are removed. */
  readonly suspect: () => void;
  readonly close: () => void;
}

/** Bytes of the note on disk, so that a shorter one leaves nothing of a longer one behind it. */
const noteLength = 4096;

export function openMoveNotes(repository: Repository): MoveNotes {
  const file = join(repository.commonDir, 'knowngood-ref-move.json');
  // Kept open and written in place: a move waits for this, so it is one short write and no more.
  let opened: number | undefined;
  let known = { child: 0, started: '' };
  let suspected = true;
  return {
    record: async ({ child, ref, to }) => {
      if (suspected) await clearAfter(repository, await readNote(file));
      suspected = false;
      if (child !== known.child) known = { child, started: processStart(child) };
      const note: Note = { ...known, ref, to };
      opened ??= openSync(file, constants.O_RDWR | constants.O_CREAT, 0o644);
      writeSync(opened, JSON.stringify(note).padEnd(noteLength), 0);
    },
    suspect: () => {
      suspected = true;
    },
    close: () => {
      if (opened !== undefined) closeSync(opened);
      opened = undefined;
    },
  };
}

async function readNote(file: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Note;
  } catch {
    // None was written, or a crash cut it short: then no child got as far as a lock.
    return undefined;
  }
}

/** Git locks the ref and, when HEAD is on it, HEAD as well; it fills the first lock and leaves the second empty. */
async function clearAfter(repository: Repository, note: Note | undefined): Promise<void> {
  if (note === undefined || processStart(note.child) === note.started) return;
  const refLock = join(repository.commonDir, `${note.ref}.lock`);
  const headLock = join(repository.gitDir, 'HEAD.lock');
  const content = await contentOf(refLock);
  if (content === undefined || content === '') {
    // Git holds an empty lock for a moment, so one that stays empty has nobody behind it.
    const stale = await Promise.all([headLock, refLock].map(staysEmpty));
    for (const [index, lock] of [headLock, refLock].entries()) if (stale[index]) await remove(lock);
  } else if (content.trim() === note.to) {
    // The lock of the ref goes last: while it is there, no other git gets as far as HEAD.
    if ((await contentOf(headLock)) === '') await remove(headLock);
    await remove(refLock);
  }
}

const contentOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'latin1').catch(() => undefined);

const aMoment = 1000;

async function staysEmpty(lock: string): Promise<boolean> {
  const identity = async (): Promise<string | undefined> => {
    const found = await stat(lock).catch(() => undefined);
    return found?.size === 0 ? `${found.ino} ${found.mtimeMs}` : undefined;
  };
  const before = await identity();
  if (before === undefined) return false;
  await setTimeout(aMoment);
  return (await identity()) === before;
}

async function remove(lock: string): Promise<void> {
  await rm(lock, { force: true });
  await syncFolder(dirname(lock));
}

/** Removes a lock of an owned repository that is from before this machine was started. Tells whether it is gone. */
export async function removeLockFromBeforeBoot(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  if (found === undefined) return true;
  const bootedAt = Date.now() - uptime() * 1000;
  if (found.mtimeMs > bootedAt - aMoment) return false;
  await remove(lock);
  return true;
}
