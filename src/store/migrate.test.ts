import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { databases } from '../../test/kit/databases.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { migrations } from './migrations/migrations.ts';
import { portable } from './migrations/portable.ts';
import { openStore } from './open-store.ts';

const file = (): string => join(mkdtempSync(join(tmpdir(), 'store-')), 'hub.db');
const tablesIn = (path: string): unknown[] => {
  const database = new DatabaseSync(path);
  const rows = database.prepare("select name from sqlite_master where type = 'table'").all();
  database.close();
  return rows;
};

test('a migration that fails at any statement leaves the file as it was', async () => {
  const statements = migrations.flatMap(({ statements }) => portable(statements, 'sqlite')).length;
  for (let failing = 1; failing <= statements + 1; failing += 10) {
    const path = file();
    let reached = 0;
    armFailPoints((point) => {
      if (point === 'store.migrate.statement' && (reached += 1) === failing) throw new Error('disk full');
      if (point === 'store.migrate.commit') throw new Error('disk full');
    });
    await expect(openStore({ url: `file:${path}` })).rejects.toThrow('disk full');
    armFailPoints(undefined);
    expect(tablesIn(path)).toEqual([]);
    const store = await openStore({ url: `file:${path}` });
    await store.check();
    await store.close();
    rmSync(path);
  }
});

test('a server killed while it migrates leaves a file that the next one opens', async () => {
  const path = file();
  const script = `
    const { armFailPoints } = await import(${JSON.stringify(join(import.meta.dirname, '../std/fail-point.ts'))});
    const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, 'open-store.ts'))});
    let left = 20;
    armFailPoints(() => { if ((left -= 1) === 0) process.kill(process.pid, 'SIGKILL'); });
    await openStore({ url: ${JSON.stringify(`file:${path}`)} });`;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  expect(signal).toBe('SIGKILL');
  expect(tablesIn(path)).toEqual([]);
  const store = await openStore({ url: `file:${path}` });
  await store.settings.set('a', 1);
  await store.close();
});

describe.each(databases.filter(({ kind }) => kind === 'postgres'))('on an empty $kind', (database) => {
  test('servers that start together make the schema once', async () => {
    const url = await database.empty();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore({ url, connections: 2 })));
    await Promise.all(stores.map((store, index) => store.settings.set(`${index}`, index)));
    expect(await stores[0]?.settings.get('3')).toBe(3);
    await Promise.all(stores.map((store) => store.close()));
  });
});

test('statements are cut at their ends, put into the words of the database, and kept for it alone', () => {
  const statements = `
create table a (
  id bigint generated always as identity primary key,
  at bigint
) /* clustered */;
-- sqlite
create trigger t before update on a begin select 1; end;
-- postgres
create function f() returns trigger language plpgsql as
  $$ begin
    return new;
  end $$;
-- both
create index b on a (at);
`;
  expect(portable(statements, 'sqlite')).toEqual([
    expect.stringMatching(
      /primary key autoincrement,\n {2}at integer\n\) \/\* clustered \*\/ strict, without rowid$/,
    ),
    'create trigger t before update on a begin select 1; end',
    'create index b on a (at)',
  ]);
  expect(portable(statements, 'postgres')).toEqual([
    expect.stringContaining('at bigint'),
    expect.stringMatching(/return new;\n {2}end \$\$$/),
    'create index b on a (at)',
  ]);
});
