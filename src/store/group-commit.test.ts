import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { armFailPoints } from '../std/fail-point.ts';

afterEach(() => armFailPoints(undefined));

const numbers = Array.from({ length: 20 }, (_, index) => index);

describe.each(databases)('changes that wait together on $kind', (database) => {
  test('are saved by one commit, in the order in which they came', async () => {
    await using store = await freshStore(database);
    const passed: string[] = [];
    armFailPoints((point) => {
      passed.push(point);
    });
    const seen = await Promise.all(
      numbers.map((number) =>
        store.tx(async (tx) => {
          const before = (await tx.settings.get<number[]>('list')) ?? [];
          await tx.settings.set('list', [...before, number]);
          return before.length;
        }),
      ),
    );
    expect(seen).toEqual(numbers);
    expect(await store.settings.get('list')).toEqual(numbers);
    expect(passed).toEqual([
      ...numbers.map(() => 'store.commit.before'),
      ...numbers.map(() => 'store.commit.after'),
    ]);
  });

  test('one that throws takes back itself and no other, and those behind it never see it', async () => {
    await using store = await freshStore(database);
    const outcomes = await Promise.allSettled(
      numbers.map((number) =>
        store.tx(async (tx) => {
          await tx.settings.set(`mine ${number}`, number);
          const before = await tx.settings.get(`mine ${number - 1}`);
          if (number % 3 === 1) throw new Error(`not ${number}`);
          return before;
        }),
      ),
    );
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'threw'))).toEqual(
      numbers.map((number) =>
        number % 3 === 1 ? 'threw' : number % 3 === 0 ? numbers[number - 1] : undefined,
      ),
    );
    const kept = await Promise.all(numbers.map((number) => store.settings.get(`mine ${number}`)));
    expect(kept).toEqual(numbers.map((number) => (number % 3 === 1 ? undefined : number)));
  });

  test('a statement that the database refuses takes back its own change alone', async () => {
    await using store = await freshStore(database);
    const attempt = { client: 'a', key: 'k', fingerprint: 'f' };
    const project = (id: string) => ({
      id,
      slug: 'same',
      name: 'same',
      kind: 'hosted' as const,
      settings: attempt,
      sealedCredentials: undefined,
      version: 1,
      createdAt: 1,
      updatedAt: 1,
    });
    const outcomes = await Promise.allSettled(
      ['prj_1', 'prj_2'].map((id) =>
        store.tx(async (tx) => {
          await tx.settings.set(id, true);
          await tx.projects.add(project(id));
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect([await store.settings.get('prj_1'), await store.settings.get('prj_2')]).toEqual([true, undefined]);
  });

  test('what is asked for while a group is being saved comes after it', async () => {
    await using store = await freshStore(database);
    const late: Promise<unknown>[] = [];
    armFailPoints((point) => {
      if (point === 'store.commit.after' && late.length === 0)
        late.push(store.tx((tx) => tx.settings.get('first')));
    });
    await store.tx((tx) => tx.settings.set('first', true));
    expect(await Promise.all(late)).toEqual([true]);
  });
});

describe.each(databases.filter(({ kind }) => kind === 'postgres'))('on $kind', (database) => {
  test('a refusal is told only when what it rests on is saved', async () => {
    await using store = await freshStore(database);
    const admin = new Client({ connectionString: store.url });
    await admin.connect();
    const first = store.tx((tx) => tx.settings.set('taken', true));
    const refused = store.tx(async (tx) => {
      if (await tx.settings.get('taken')) throw new Error('it is taken');
    });
    const last = store.tx(async () => {
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'knowngood' and datname = current_database()",
      );
    });
    const outcomes = await Promise.allSettled([first, refused, last]);
    const codeOf = (outcome: PromiseSettledResult<unknown>): unknown =>
      outcome.status === 'rejected' ? (outcome.reason as { readonly code?: unknown }).code : 'saved';
    expect(outcomes.map(codeOf)).toEqual(outcomes.map(() => 'database_failed'));
    expect(await store.settings.get('taken')).toBeUndefined();
    await admin.end();
  });
});
