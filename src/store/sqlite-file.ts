import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../domain/refusal/refusal.ts';
import { reasonOf } from './database-error.ts';
import { type FileLock, takeFileLock } from './file-lock.ts';

/** An opened database file with every durability setting proven. `close` gives the file free for the next server. */
export interface SqliteFile {
  readonly database: DatabaseSync;
  readonly close: () => void;
}

const settings = [
  { name: 'journal_mode', set: 'wal', expected: 'wal' },
  { name: 'synchronous', set: 'full', expected: 2 },
  { name: 'foreign_keys', set: 'on', expected: 1 },
  { name: 'recursive_triggers', set: 'on', expected: 1 },
  { name: 'trusted_schema', set: 'off', expected: 0 },
  { name: 'busy_timeout', set: '5000', expected: 5000 },
  { name: 'fullfsync', set: 'on', expected: 1 },
  { name: 'checkpoint_fullfsync', set: 'on', expected: 1 },
] as const;

/** Pages of the log (16 MiB) before it goes into the file: seldom, as everybody waits for it, and less often each page. */
const logPages = 4000;

/**
 * Opens or makes the file at `path`, for this process alone. Refuses with `data_in_use` when another server has it,
 * `database_unsafe` when a setting that keeps saved work safe does not hold, `database_unreachable` otherwise.
 */
export function openSqliteFile(path: string): SqliteFile {
  let lock: FileLock | undefined;
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // On a file of its own, so that a backup or a person with the sqlite3 shell can still read the data.
    lock = takeFileLock(`${path}.lock`, path);
    database = new DatabaseSync(path, {
      timeout: 5000,
      defensive: true,
      enableDoubleQuotedStringLiterals: false,
    });
    proveSettings(database, path);
    database.exec(`pragma wal_autocheckpoint = ${logPages}`);
  } catch (error) {
    database?.close();
    lock?.release();
    throw error instanceof Refusal
      ? error
      : new Refusal('database_unreachable', { database: path, reason: reasonOf(error) });
  }
  return closable(database, lock);
}

function closable(database: DatabaseSync, lock: FileLock): SqliteFile {
  return {
    database,
    close: () => {
      if (database.isOpen) database.close();
      lock.release();
    },
  };
}

function proveSettings(database: DatabaseSync, path: string): void {
  for (const { name, set, expected } of settings) {
    database.exec(`pragma ${name} = ${set}`);
    const actual = Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
    if (actual !== expected)
      throw new Refusal('database_unsafe', { path, setting: name, actual: String(actual), expected });
  }
}
