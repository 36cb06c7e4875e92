import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { openStore } from './open-store.ts';
import { rowMemory, tablesWritten } from './row-memory.ts';

test('what was found is known until a table that it came from is written to', () => {
  const memory = rowMemory(() => 0);
  memory.before('a', ['x', 'y'])([1]);
  memory.written(['z'], false);
  expect(memory.recall('a')).toEqual([1]);
  memory.written(['y'], false);
  expect(memory.recall('a')).toBeUndefined();
});

test('what a transaction may still take back is not kept, before its end or after', () => {
  const memory = rowMemory(() => 0);
  memory.before('a', ['x'])(['before']);
  memory.written(['x'], true);
  memory.before('a', ['x'])(['within']);
  expect(memory.recall('a')).toBeUndefined();
  memory.ended();
  expect(memory.recall('a')).toBeUndefined();
  memory.before('a', ['x'])(['after']);
  expect(memory.recall('a')).toEqual(['after']);
});

test('what was written while a query was under way is not covered by what it found', () => {
  const memory = rowMemory(() => 0);
  const keep = memory.before('a', ['x']);
  memory.written(['x'], false);
  keep(['old']);
  expect(memory.recall('a')).toBeUndefined();
});

test('nothing is known once somebody else has written', () => {
  let version = 1;
  const memory = rowMemory(() => version);
  memory.before('a', ['x'])([1]);
  version = 2;
  expect(memory.recall('a')).toBeUndefined();
});

test.each([
  ['insert into "settings" ("name") values (?) on conflict ("name") do update set "value" = ?', 'settings'],
  ['update "projects" set "slug" = ?', 'projects'],
  ['delete from grants where id = ?', 'grants'],
])('%s writes to %s', (sql, table) => {
  expect(tablesWritten(sql)).toContain(table);
});

describe.each(databases)('settings on $kind', (database) => {
  test('are read as they were written, within a transaction and after it was given up', async () => {
    await using store = await freshStore(database);
    await store.settings.set('a', 1);
    expect(await store.settings.get('a')).toBe(1);
    const given = store.tx(async (tx) => {
      await tx.settings.set('a', 2);
      expect(await tx.settings.get('a')).toBe(2);
      throw new Error('given up');
    });
    await expect(given).rejects.toThrow('given up');
    expect(await store.settings.get('a')).toBe(1);
    await store.tx(async (tx) => {
      expect(await tx.settings.get('a')).toBe(1);
      await tx.settings.set('a', 3);
    });
    expect(await store.settings.get('a')).toBe(3);
  });

  test('the wrong store is noticed within a transaction, though what it asks for is known', async () => {
    await using store = await freshStore(database);
    await store.settings.set('a', 1);
    expect(await store.settings.get('a')).toBe(1);
    await expect(store.tx(() => store.settings.get('a'))).rejects.toThrow('use the store that tx() hands in');
  });
});

test('what another program writes into the file is seen', async () => {
  const path = join(temporaryFolder('row-memory'), 'store.db');
  const store = await openStore({ url: `file:${path}` });
  await store.settings.set('a', 1);
  expect(await store.settings.get('a')).toBe(1);
  const other = new DatabaseSync(path);
  other.exec(`update settings set value = '2' where name = 'a'`);
  other.close();
  expect(await store.settings.get('a')).toBe(2);
  const again = new DatabaseSync(path);
  again.exec(`update settings set value = '3' where name = 'a'`);
  again.close();
  expect(await store.tx((tx) => tx.settings.get('a'))).toBe(3);
  await store.close();
});
