import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { defaultPolicy } from '../domain/policy/policy.ts';
import { isDuplicate } from './database-error.ts';
import type { StoredProject } from './projects.ts';

interface Settings {
  readonly branch: string;
}
const shop: StoredProject<Settings> = {
  id: 'prj_01',
  slug: 'shop',
  name: 'Shop',
  kind: 'connected',
  settings: { branch: 'main' },
  sealedCredentials: 'sealed',
  version: 1,
  createdAt: 1,
  updatedAt: 1,
};

describe.each(databases)('projects on $kind', (database) => {
  test('a project is found by id and slug, and changed by comparing its version', async () => {
    await using store = await freshStore(database);
    const { projects } = store;
    await projects.add(shop);
    expect(await projects.get<Settings>('prj_01')).toStrictEqual(shop);
    expect(await projects.bySlug<Settings>('shop')).toStrictEqual(shop);
    expect(await projects.change({ ...shop, settings: { branch: 'trunk' }, updatedAt: 2 })).toBe(true);
    expect(await projects.change({ ...shop, name: 'late' })).toBe(false);
    expect(await projects.list<Settings>()).toMatchObject([{ settings: { branch: 'trunk' }, version: 2 }]);
  });

  test('a slug is free again once its project is deleted, and the credentials are gone', async () => {
    await using store = await freshStore(database);
    const { projects } = store;
    await projects.add(shop);
    const second = { ...shop, id: 'prj_02' };
    expect(isDuplicate(await projects.add(second).catch((error: unknown) => error))).toBe(true);
    expect(await projects.remove('prj_01', 5)).toBe(true);
    expect(await projects.remove('prj_01', 5)).toBe(false);
    expect(await projects.get('prj_01')).toBeUndefined();
    await projects.add(second);
    expect((await projects.bySlug('shop'))?.id).toBe('prj_02');
  });

  test('a policy keeps every version; two changes of one version do not both win', async () => {
    await using store = await freshStore(database);
    await store.projects.add(shop);
    const { policies } = store;
    expect(await policies.latest('prj_01', 'production')).toBeUndefined();
    const first = {
      environment: 'production',
      version: 1,
      policy: { ...defaultPolicy, approvals: 2 },
      changedBy: 'usr_1',
      changedAt: 5,
    };
    expect(await policies.add('prj_01', first)).toBe(true);
    expect(await policies.add('prj_01', { ...first, changedBy: 'usr_2' })).toBe(false);
    const second = { ...first, version: 2, policy: defaultPolicy, changedBy: undefined };
    expect(await policies.add('prj_01', second)).toBe(true);
    expect(await policies.latest('prj_01', 'production')).toStrictEqual(second);
    expect(await policies.history('prj_01', 'production')).toStrictEqual([second, first]);
    expect(await policies.history('prj_01', 'dev')).toEqual([]);
  });

  test('a setting that is made once stays what it was', async () => {
    await using store = await freshStore(database);
    const made = await Promise.all(['a', 'b', 'c'].map((key) => store.settings.setOnce('key', key)));
    expect(new Set(made).size).toBe(1);
    expect(await store.settings.get('key')).toBe(made[0]);
  });
});
