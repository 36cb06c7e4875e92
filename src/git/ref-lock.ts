import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import type { Repository } from './repository.ts';
import { syncFile } from './sync-folder.ts';

/** A branch that is locked as git locks it: whoever else wants to move it waits, or fails, until this is over. */
export interface RefLock {
  /** Has the new id in the lock's file for good, which then only has to take the branch's name, and writes the reflog. */
  readonly sync: () => Promise<void>;
  /** Moves the branch, after `sync`; its folder is not synced yet. */
  readonly commit: () => void;
  /** Leaves the branch as it is. */
  readonly drop: () => void;
}

/** A move between two commits, and what the reflog says of it: `Name <email> SECONDS ZONE`, a tab, a message. */
export interface LockedMove {
  readonly ref: string;
  readonly from: Oid;
  readonly to: Oid;
  readonly reflog: string;
}

/**
 * Locks a branch of a repository of ours by git's own protocol: `REF.lock` is made by whoever finds none, holds the
 * new id, and becomes the branch. For the common case alone, a file of its own that says `from`; undefined where
 * anything else is found, a lock of somebody among it, for git itself to deal with and to give words to.
 */
export function lockRef(repository: Repository, move: LockedMove): RefLock | undefined {
  if (repository.refFormat !== 'files') return undefined;
  const path = join(repository.commonDir, move.ref);
  const lock = `${path}.lock`;
  const file = openedNew(lock);
  if (file === undefined) return undefined;
  // While it is being synced, only the end of that closes it.
  let mine = true;
  const drop = (): undefined => {
    if (mine) closeSync(file);
    mine = false;
    rmSync(lock, { force: true });
  };
  try {
    // Read under the lock: nobody else changes it now.
    if (contentOf(path) !== `${move.from}\n`) return drop();
    writeSync(file, `${move.to}\n`);
  } catch (error) {
    drop();
    throw error;
  }
  const sync = async (): Promise<void> => {
    mine = false;
    const synced = syncFile(file).finally(() => closeSync(file));
    try {
      // As git does, before the branch moves; while the disk is busy it costs nothing.
      appendReflog(repository, move);
    } finally {
      await synced;
    }
  };
  const commit = (): void => renameSync(lock, path);
  return { sync, commit, drop };
}

function openedNew(lock: string): number | undefined {
  try {
    return openSync(lock, 'wx', 0o644);
  } catch {
    // There is one already, or no folder for it. Git knows what to do, and how to say it.
    return undefined;
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // It is packed with others, or gone.
    return undefined;
  }
}

function appendReflog(repository: Repository, { ref, from, to, reflog }: LockedMove): void {
  const path = join(repository.commonDir, 'logs', ref);
  const log = openedForAppend(path);
  try {
    writeSync(log, `${from} ${to} ${reflog}\n`);
  } finally {
    closeSync(log);
  }
}

function openedForAppend(path: string): number {
  try {
    return openSync(path, 'a', 0o644);
  } catch {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a', 0o644);
  }
}
