import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';

describe.each(databases)('leases on $kind', (database) => {
  test('one holder at a time, and each has a higher epoch than the one before', async () => {
    await using store = await freshStore(database);
    const { acquire, renew, holds, release } = store.leases;
    const first = (await acquire('indexer', 'a', { now: 0, until: 10 }))!;
    expect(first.epoch).toBe(1);
    expect(await acquire('indexer', 'b', { now: 9, until: 19 })).toBeUndefined();
    expect(await renew(first, 20)).toBe(true);
    expect(await acquire('indexer', 'b', { now: 19, until: 29 })).toBeUndefined();
    const second = (await acquire('indexer', 'b', { now: 20, until: 30 }))!;
    expect(second.epoch).toBe(2);
    expect([await renew(first, 40), await holds(first), await holds(second)]).toEqual([false, false, true]);
    await release(first);
    expect(await acquire('indexer', 'c', { now: 21, until: 31 })).toBeUndefined();
    await release(second);
    expect((await acquire('indexer', 'c', { now: 21, until: 31 }))?.epoch).toBe(3);
  });

  test('of many that ask at once, one gets it', async () => {
    await using store = await freshStore(database);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.leases.acquire('x', `h${index}`, { now: 0, until: 9 })),
    );
    expect(answers.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  test('whoever asks again while it holds starts a new epoch: its earlier self is fenced off', async () => {
    await using store = await freshStore(database);
    const first = (await store.leases.acquire('x', 'a', { now: 0, until: 9 }))!;
    const second = (await store.leases.acquire('x', 'a', { now: 1, until: 9 }))!;
    expect(second.epoch).toBe(first.epoch + 1);
    expect(await store.leases.holds(first)).toBe(false);
  });
});
