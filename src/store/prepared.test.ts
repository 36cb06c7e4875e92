import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely } from 'kysely';
import { expect, test } from 'vitest';
import type { Database } from './database.ts';
import { insertRow } from './insert-row.ts';
import { prepared } from './prepared.ts';
import type { SettingRow } from './settings.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

function openDatabase(): Kysely<Database> {
  const file = new DatabaseSync(':memory:');
  file.exec('create table settings (name text primary key, value text not null, version integer default 7)');
  return new Kysely<Database>({ dialect: sqliteDialect(file), plugins: [new CamelCasePlugin()] });
}

const everything = async (db: Kysely<Database>): Promise<readonly SettingRow[]> =>
  db.selectFrom('settings').selectAll().orderBy('name').execute();

test('a query is compiled once and runs with the values of each call, in a transaction too', async () => {
  await using db = openDatabase();
  let compiled = 0;
  const change = prepared<{ readonly from: string; readonly to: string }>((on, value) => {
    compiled += 1;
    const set = { value: value('to'), version: 2 };
    return on.updateTable('settings').set(set).where('name', '=', value('from')).compile();
  });
  for (const name of ['a', 'b', 'c']) await insertRow(db, 'settings', { name, value: 'old', version: 1 });
  expect((await change(db, { from: 'a', to: 'new a' })).numAffectedRows).toBe(1n);
  await db.transaction().execute((transaction) => change(transaction, { to: 'new b', from: 'b' }));
  expect((await change(db, { from: 'd', to: 'x' })).numAffectedRows).toBe(0n);
  expect(await everything(db)).toEqual([
    { name: 'a', value: 'new a', version: 2 },
    { name: 'b', value: 'new b', version: 2 },
    { name: 'c', value: 'old', version: 1 },
  ]);
  expect(compiled).toBe(1);
});

test('rows with other columns, or with the same in another order, are inserted as they are', async () => {
  await using db = openDatabase();
  await insertRow(db, 'settings', { name: 'a', value: 'one', version: 1 });
  await insertRow(db, 'settings', { version: 2, value: 'two', name: 'b' });
  await insertRow(db, 'settings', { name: 'c', value: 'three', version: 3 });
  expect((await everything(db)).map(({ name, value }) => `${name} ${value}`)).toEqual([
    'a one',
    'b two',
    'c three',
  ]);
});
