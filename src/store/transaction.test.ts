import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { armFailPoints } from '../std/fail-point.ts';
import { fairTurn } from './turn.ts';

test('turns are taken in the order in which they were asked for', async () => {
  const turn = fairTurn();
  const order: number[] = [];
  const run = async (name: number): Promise<void> => {
    const end = await turn.take();
    await Promise.resolve();
    order.push(name);
    end();
    end();
  };
  await Promise.all([run(1), run(2), run(3)]);
  await Promise.all([run(4), run(5)]);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

describe.each(databases.filter(({ kind }) => kind === 'postgres'))('a transaction on $kind', (database) => {
  const admin = async (url: string, statement: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  const cut = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'knowngood'";

  test('runs again when the database asks for that, and its first try leaves nothing', async () => {
    await using store = await freshStore(database);
    let tries = 0;
    const answer = await store.tx(async (tx) => {
      tries += 1;
      await tx.settings.set(`try ${tries}`, true);
      // What PostgreSQL itself says of a deadlock.
      if (tries < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return 'done';
    });
    expect([answer, tries]).toEqual(['done', 3]);
    expect([await store.settings.get('try 2'), await store.settings.get('try 3')]).toEqual([undefined, true]);
  });

  test('a connection lost before the commit means that nothing was saved, and the next one works', async () => {
    await using store = await freshStore(database);
    const lost = store.tx(async (tx) => {
      await tx.settings.set('a', 1);
      await admin(store.url, `${cut} and datname = current_database()`);
      await tx.settings.set('b', 1);
    });
    await expect(lost).rejects.toMatchObject({ code: 'database_failed', kind: 'unavailable' });
    expect(await store.settings.get('a')).toBeUndefined();
    await store.tx((tx) => tx.settings.set('a', 2));
    expect(await store.settings.get('a')).toBe(2);
  });

  test('a connection lost in the commit is an unknown outcome, not a failure', async () => {
    await using store = await freshStore(database);
    armFailPoints(async (point) => {
      if (point === 'store.commit.before') await admin(store.url, `${cut} and datname = current_database()`);
    });
    const lost = store.tx((tx) => tx.settings.set('a', 1));
    await expect(lost).rejects.toMatchObject({ code: 'outcome_unknown' });
    armFailPoints(undefined);
    expect(await store.settings.get('a')).toBeUndefined();
  });

  test('times and counts come as numbers', async () => {
    await using store = await freshStore(database);
    await store.signInAttempts.failed('x', 1_800_000_000_000, 0);
    expect(await store.signInAttempts.get('x')).toEqual({
      failures: 1,
      firstAt: 1_800_000_000_000,
      lockedUntil: 0,
    });
  });

  test('a server that may lose what it acknowledged is refused', async () => {
    const url = await database.fresh();
    const { openStore } = await import('./open-store.ts');
    // Of this database alone: others of the same PostgreSQL are being tested meanwhile.
    await admin(url, `alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
    const refused: unknown = await openStore({ url }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'database_unsafe', facts: { setting: 'synchronous_commit' } });
  });
});
