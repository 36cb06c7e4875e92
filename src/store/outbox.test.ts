import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { openStore } from './open-store.ts';
import type { Store } from './open-store.ts';

const now = { now: 100, until: 200, limit: 10 };

describe.each(databases)('the outbox on $kind', (database) => {
  const add = (store: Store, lane: string, at = 10) =>
    store.outbox.add({ topic: 'webhook', lane, payload: { lane }, at });
  const lanes = async (store: Store, holder = 'a', time = now) =>
    (await store.outbox.take(['webhook'], holder, time)).map(({ lane }) => lane);

  test('a job is taken once, and goes when it is done', async () => {
    await using store = await freshStore(database);
    await add(store, 'x');
    const [job] = await store.outbox.take<{ lane: string }>(['webhook'], 'a', now);
    expect(job).toMatchObject({ topic: 'webhook', payload: { lane: 'x' }, attempts: 1, createdAt: 10 });
    expect(await lanes(store, 'b')).toEqual([]);
    expect(await store.outbox.done(job!.id, 'b')).toBe(false);
    expect(await store.outbox.done(job!.id, 'a')).toBe(true);
    expect(await store.outbox.counts()).toEqual({ waiting: 0, dead: 0 });
  });

  test('jobs of one lane run one after the other, other lanes do not wait for them', async () => {
    await using store = await freshStore(database);
    for (const lane of ['x', 'x', 'y']) await add(store, lane);
    expect(await lanes(store)).toEqual(['x', 'y']);
    expect(await lanes(store)).toEqual([]);
  });

  test('a job of a holder that died is taken by the next, whose answer alone counts', async () => {
    await using store = await freshStore(database);
    await add(store, 'x');
    const [first] = await store.outbox.take(['webhook'], 'dead', now);
    const [second] = await store.outbox.take(['webhook'], 'alive', { now: 200, until: 300, limit: 1 });
    expect(second).toMatchObject({ id: first!.id, attempts: 2 });
    const outcome = { error: 'late', now: 201, runAt: 999 };
    expect(await store.outbox.failed(first!.id, 'dead', outcome)).toBe(false);
    expect(await store.outbox.done(second!.id, 'alive')).toBe(true);
  });

  test('a failed job waits for its time, and one given up lets its lane go on', async () => {
    await using store = await freshStore(database);
    await add(store, 'x');
    await add(store, 'x');
    const [job] = await store.outbox.take(['webhook'], 'a', now);
    await store.outbox.failed(job!.id, 'a', { error: '500', now: 100, runAt: 150 });
    expect(await lanes(store)).toEqual([]);
    const [again] = await store.outbox.take(['webhook'], 'a', { now: 150, until: 160, limit: 9 });
    await store.outbox.failed(again!.id, 'a', { error: '500', now: 151, runAt: undefined });
    expect(await store.outbox.counts()).toEqual({ waiting: 1, dead: 1 });
    expect(await lanes(store)).toEqual(['x']);
  });

  test('other topics and jobs of later are left alone', async () => {
    await using store = await freshStore(database);
    await add(store, 'later', 101);
    await store.outbox.add({ topic: 'render', lane: 'z', payload: 1, at: 1 });
    expect(await lanes(store)).toEqual([]);
  });

  test('jobs are drained oldest first, and those that are left still wait', async () => {
    await using store = await freshStore(database);
    for (const lane of ['x', 'x', 'y']) await add(store, lane);
    await store.outbox.add({ topic: 'render', lane: 'x', payload: 1, at: 1 });
    const drained = await store.outbox.drain<{ lane: string }>('webhook', 2);
    expect(drained.map(({ payload }) => payload.lane)).toEqual(['x', 'x']);
    expect(await store.outbox.holds('webhook')).toBe(true);
    expect(await store.outbox.drain('webhook', 9)).toHaveLength(1);
    expect(await store.outbox.holds('webhook')).toBe(false);
    expect(await store.outbox.counts()).toEqual({ waiting: 1, dead: 0 });
  });

  test('a lane is made due, dropped with the lanes below it, or loses one job', async () => {
    await using store = await freshStore(database);
    for (const lane of ['w/1', 'w/1/a', 'w/10', 'w/2']) await add(store, lane, 101);
    expect(await lanes(store)).toEqual([]);
    expect(await store.outbox.hurry('w/1', 100)).toBe(1);
    expect(await lanes(store)).toEqual(['w/1']);
    await store.outbox.drop('w/1');
    await store.outbox.dropJob('w/2', { lane: 'another' });
    expect(await store.outbox.counts()).toEqual({ waiting: 2, dead: 0 });
    await store.outbox.dropJob('w/2', { lane: 'w/2' });
    expect(await lanes(store, 'a', { now: 101, until: 200, limit: 9 })).toEqual(['w/10']);
  });

  test('jobs that were given up are forgotten after a time', async () => {
    await using store = await freshStore(database);
    for (const lane of ['x', 'y']) await add(store, lane);
    const [job] = await store.outbox.take(['webhook'], 'a', { ...now, limit: 1 });
    await store.outbox.failed(job!.id, 'a', { error: '500', now: 100, runAt: undefined });
    await store.outbox.forget(100);
    expect(await store.outbox.counts()).toEqual({ waiting: 1, dead: 1 });
    await store.outbox.forget(101);
    expect(await store.outbox.counts()).toEqual({ waiting: 1, dead: 0 });
  });

  test('takers at once share the jobs, none gets one twice', async () => {
    await using store = await freshStore(database);
    const other = database.kind === 'postgres' ? await openStore({ url: store.url }) : store;
    await store.tx(async (tx) => {
      for (let lane = 0; lane < 60; lane += 1)
        await tx.outbox.add({ topic: 'webhook', lane: `${lane}`, payload: lane, at: 1 });
    });
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).outbox.take<number>(['webhook'], `h${index}`, { ...now, limit: 5 }),
      ),
    );
    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length + (await lanes(store, 'rest', { ...now, limit: 99 })).length).toBe(60);
    if (other !== store) await other.close();
  });
});
