import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { someHold } from '../domain/hold/hold.test-kit.ts';
import type { Hold } from '../domain/hold/hold.ts';
import { party } from './request.test-kit.ts';

const ids = (holds: readonly Hold[]): readonly string[] => holds.map(({ id }) => id);

describe.each(databases)('holds on $kind', (database) => {
  test('a hold comes back as it was set, values of every kind among them', async () => {
    await using store = await freshStore(database);
    const plain = someHold();
    const whole = someHold({
      id: 'hld-2',
      address: 'f#/image',
      value: { tag: 'v2', n: 1 },
      service: undefined,
      returned: { at: 5, commit: 'd'.repeat(40), author: 'Jane', bot: undefined },
    });
    await store.holds.add([plain, whole]);
    expect(await store.holds.get('hld-1')).toStrictEqual(plain);
    expect(await store.holds.get('hld-2')).toStrictEqual(whole);
    // The same rollback told twice.
    await store.holds.add([someHold({ id: 'hld-3' })]);
    expect(await store.holds.get('hld-3')).toBeUndefined();
    await store.holds.add([]);
  });

  test('those in force are found until they are lifted or their time has come', async () => {
    await using store = await freshStore(database);
    const { holds } = store;
    await holds.add([
      someHold({ id: 'hld-1', requestId: 'rbk-1', expiresAt: 2_000 }),
      someHold({ id: 'hld-2', requestId: 'rbk-2', expiresAt: 3_000, commit: 'd'.repeat(40) }),
      someHold({ id: 'hld-3', requestId: 'rbk-3', projectId: 'prj_2' }),
    ]);
    expect(ids(await holds.inForce('prj_1', 1_999))).toEqual(['hld-1', 'hld-2']);
    expect(ids(await holds.inForce('prj_1', 2_000))).toEqual(['hld-2']);
    const lift = { at: 1_500, by: party('bob'), reason: 'rebuilt' };
    expect(await holds.lift('hld-2', lift)).toBe(true);
    expect(await holds.lift('hld-2', { ...lift, reason: 'again' })).toBe(false);
    expect(await holds.inForce('prj_1', 2_000)).toEqual([]);
    expect((await holds.get('hld-2'))?.lifted).toStrictEqual(lift);
    expect(await holds.ofCommit('prj_1', 'd'.repeat(40))).toEqual([]);
    expect(ids(await holds.ofCommit('prj_1', 'c'.repeat(40)))).toEqual(['hld-1']);
    expect(ids(await holds.list('prj_1', { limit: 1 }))).toEqual(['hld-2']);
    expect(ids(await holds.list('prj_1', { limit: 9, before: 'hld-2' }))).toEqual(['hld-1']);
  });
});
