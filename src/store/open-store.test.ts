import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { sqlOn } from '../../test/kit/sql-on.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { openStore } from './open-store.ts';

const place = (): string => join(mkdtempSync(join(tmpdir(), 'store-')), 'data', 'hub.db');

describe.each(databases)('a store on $kind', (database) => {
  test('what a transaction wrote is there when the store is opened again', async () => {
    const url = await database.fresh();
    const first = await openStore({ url });
    await first.tx((tx) => tx.settings.set('plan', { name: 'pro' }));
    await first.close();
    const second = await openStore({ url });
    expect(second.kind).toBe(database.kind);
    expect(await second.settings.get('plan')).toEqual({ name: 'pro' });
    await second.check();
    await second.close();
  });

  test('a transaction that throws leaves nothing behind', async () => {
    await using store = await freshStore(database);
    const failing = store.tx(async (tx) => {
      await tx.settings.set('a', 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.settings.get('a')).toBeUndefined();
    await store.tx((tx) => tx.settings.set('a', 2));
    expect(await store.settings.get('a')).toBe(2);
  });

  test('a failed statement inside is an error of the whole transaction', async () => {
    await using store = await freshStore(database);
    const link = { hash: 'h', purpose: 'p', accountId: undefined, details: '{}', createdAt: 1, expiresAt: 2 };
    const failing = store.tx(async (tx) => {
      await tx.oneTimeLinks.add(link);
      await tx.oneTimeLinks.add(link);
    });
    await expect(failing).rejects.toThrow(/unique/i);
    expect(await store.oneTimeLinks.peek('h', 'p', 0)).toBeUndefined();
  });

  test('transactions follow each other, so a count that is read and written loses nothing', async () => {
    await using store = await freshStore(database);
    const other = await openStore({ url: store.url }).catch(() => store);
    const add = (hub: typeof other) =>
      hub.tx(async (tx) => tx.settings.set('count', ((await tx.settings.get<number>('count')) ?? 0) + 1));
    await Promise.all(Array.from({ length: 40 }, (_, index) => add(index % 2 ? store : other)));
    expect(await store.settings.get('count')).toBe(40);
    if (other !== store) await other.close();
  });

  test('readers see the state before a transaction until it is over', async () => {
    await using store = await freshStore(database);
    const running = store.tx((tx) => tx.settings.set('a', 1));
    const seen = await store.settings.get('a');
    await running;
    expect([undefined, 1]).toContain(seen);
    expect(await store.settings.get('a')).toBe(1);
  });

  test('the store itself is refused inside a transaction, instead of waiting for ever', async () => {
    await using store = await freshStore(database);
    await expect(store.tx(() => store.settings.get('a'))).rejects.toThrow(/use the store that tx/);
    await expect(store.tx(() => store.tx(() => Promise.resolve()))).rejects.toThrow(/use the store that tx/);
    await store.check();
  });

  test('a fault before the commit saves nothing, one after it everything', async () => {
    await using store = await freshStore(database);
    const failAt = async (name: string): Promise<unknown> => {
      armFailPoints((point) => {
        if (point === name) throw new Error(`fault at ${point}`);
      });
      try {
        return await store.tx((tx) => tx.settings.set(name, true)).catch((error: unknown) => error);
      } finally {
        armFailPoints(undefined);
      }
    };
    expect(await failAt('store.commit.before')).toEqual(new Error('fault at store.commit.before'));
    expect(await failAt('store.commit.after')).toEqual(new Error('fault at store.commit.after'));
    expect(await store.settings.get('store.commit.before')).toBeUndefined();
    expect(await store.settings.get('store.commit.after')).toBe(true);
  });

  test('text with a NUL character is refused on either database, and other odd text comes back whole', async () => {
    await using store = await freshStore(database);
    const odd = ['\u2028', '\u202e', "'; drop table audit; --", '😀', '{"a":1}', '', 'é'];
    await store.settings.set('odd', odd);
    expect(await store.settings.get('odd')).toEqual(odd);
    for (const text of odd) await store.signInAttempts.failed(text, 1, 0);
    for (const text of odd) expect(await store.signInAttempts.get(text)).toMatchObject({ failures: 1 });
    await expect(store.signInAttempts.failed('a\0b', 1, 0)).rejects.toThrow(/NUL|0x00/);
  });

  test('a database that a newer version wrote is not touched', async () => {
    const url = await database.fresh();
    const store = await openStore({ url });
    // Stands for a migration that this version does not have.
    await store.tx((tx) => tx.settings.set('x', 1));
    await store.close();
    await pretendMigration(url);
    await expect(openStore({ url })).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('9999-later'),
    });
  });
});

const pretendMigration = (url: string): Promise<void> =>
  sqlOn(url, "insert into migrations (name, applied_at) values ('9999-later', 0)");

test('the settings that keep saved work safe hold in the open file', async () => {
  const path = place();
  const store = await openStore({ url: `file:${path}` });
  const other = new DatabaseSync(path);
  expect(other.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  other.close();
  await store.close();
});

test('a second server on the same file is refused with one clear line, until the first is gone', async () => {
  const url = `file:${place()}`;
  const first = await openStore({ url });
  await expect(openStore({ url })).rejects.toMatchObject({
    code: 'data_in_use',
    message: expect.stringMatching(/^\S+hub\.db is in use by another server;[^\n]*$/),
  });
  await first.settings.set('still', 'works');
  await first.close();
  const second = await openStore({ url });
  expect(await second.settings.get('still')).toBe('works');
  await second.close();
});

test.each([
  ['mysql://x/y', 'database_url'],
  ['file:', 'database_url'],
  ['file::memory:', 'database_url'],
  ['file:a?mode=memory', 'database_url'],
  ['postgres://u:secret@127.0.0.1:1/x', 'database_unreachable'],
  ['/var/lib/hub.db', 'database_url'],
])('%s is refused as %s', async (url, code) => {
  const error: unknown = await openStore({ url }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toContain('secret');
});

test('a file that is no database is refused and left as it is', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'store-')), 'notes.txt');
  writeFileSync(path, 'x'.repeat(5000));
  await expect(openStore({ url: `file:${path}` })).rejects.toMatchObject({ code: 'database_unreachable' });
  expect(existsSync(`${path}-wal`)).toBe(false);
});
