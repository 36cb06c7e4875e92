import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '../domain/refusal/refusal.ts';

/** A lock that the system drops with the process, however that ends. */
export interface FileLock {
  readonly release: () => void;
}

/**
 * Takes the lock that is the file at `path`; `of` is what it stands for, as a person calls it. Throws `data_in_use`
 * while another process has it. Node has no file locks, SQLite does.
 */
export function takeFileLock(path: string, of: string): FileLock {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5)
      throw new Refusal('data_in_use', { path: of });
    throw error;
  }
  return {
    release: () => {
      if (lock.isOpen) lock.close();
    },
  };
}

/** Whether a process has the lock at this path, without taking it. */
export function isLocked(path: string): boolean {
  if (!existsSync(path)) return false;
  const lock = new DatabaseSync(path, { timeout: 0, readOnly: true });
  try {
    lock.prepare('select count(*) from sqlite_schema').get();
    return false;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return true;
    throw error;
  } finally {
    lock.close();
  }
}
