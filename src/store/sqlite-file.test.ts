import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openSqliteFile } from './sqlite-file.ts';

const cwd = process.cwd();
afterEach(() => process.chdir(cwd));

const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'store-'));

test('what keeps acknowledged work safe from a power cut is read back from the very connection', () => {
  const { database, close } = openSqliteFile(join(emptyFolder(), 'hub.db'));
  const pragma = (name: string): unknown => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];
  // 2 is FULL: the write-ahead log is synced at every commit.
  expect(['journal_mode', 'synchronous', 'fullfsync', 'checkpoint_fullfsync'].map(pragma)).toEqual([
    'wal',
    2,
    1,
    1,
  ]);
  expect(['foreign_keys', 'recursive_triggers', 'trusted_schema'].map(pragma)).toEqual([1, 1, 0]);
  close();
});

test('a start is refused where one of them does not hold, and the file is free again', () => {
  // What SQLite keeps in memory has no write-ahead log, whatever it is told.
  process.chdir(emptyFolder());
  const open = (): unknown => {
    try {
      return openSqliteFile(':memory:');
    } catch (error) {
      return error;
    }
  };
  const refusal = {
    code: 'database_unsafe',
    facts: { path: ':memory:', setting: 'journal_mode', actual: 'memory', expected: 'wal' },
  };
  expect(open()).toMatchObject(refusal);
  // Not `data_in_use`: the lock went with it.
  expect(open()).toMatchObject(refusal);
});
