import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { StoredAccount } from './accounts.ts';
import { isDuplicate } from './database-error.ts';

const account = (id: string, said: Partial<StoredAccount> = {}): StoredAccount => ({
  id,
  kind: 'person',
  name: id,
  email: undefined,
  login: undefined,
  role: 'member',
  ownerId: undefined,
  passwordHash: undefined,
  version: 1,
  createdAt: 1,
  disabledAt: undefined,
  ...said,
});

describe.each(databases)('accounts on $kind', (database) => {
  test('are found by id, login and identity, never by e-mail', async () => {
    await using store = await freshStore(database);
    const jane = account('usr_1', {
      login: 'jane@example.com',
      email: 'jane@example.com',
      passwordHash: 'x',
    });
    const twin = account('usr_2', { email: 'jane@example.com', role: undefined });
    await store.accounts.add(jane);
    await store.accounts.add(twin);
    const identity = { issuer: 'https://idp', subject: 's', accountId: 'usr_2', createdAt: 1 };
    await store.accounts.addIdentity(identity);
    expect(await store.accounts.get('usr_1')).toStrictEqual(jane);
    expect(await store.accounts.byLogin('jane@example.com')).toStrictEqual(jane);
    expect(await store.accounts.byIdentity('https://idp', 's')).toStrictEqual(twin);
    expect(await store.accounts.byIdentity('https://other', 's')).toBeUndefined();
    const taken: unknown = await store.accounts
      .add(account('usr_3', { login: jane.login }))
      .catch((e: unknown) => e);
    expect(isDuplicate(taken)).toBe(true);
    const page = await store.accounts.list({ after: 'usr_1', limit: 5 });
    expect(page.map(({ id }) => id)).toEqual(['usr_2']);
    expect((await store.accounts.list({ kind: 'service_account', limit: 5 })).length).toBe(0);
    const alike = await store.accounts.withEmail('jane@example.com');
    expect(alike.map(({ id }) => id)).toEqual(['usr_1', 'usr_2']);
  });

  test('persons who may have a right are found by role, by their own grants and by those of their groups', async () => {
    await using store = await freshStore(database);
    for (const one of [
      account('usr_1', { role: 'admin' }),
      account('usr_2', { role: 'admin', disabledAt: 5 }),
      account('usr_3', { role: 'admin', kind: 'service_account' }),
      account('usr_4'),
      account('usr_5', { role: undefined }),
      account('usr_6'),
    ])
      await store.accounts.add(one);
    await store.accounts.setGroups('usr_4', 'local', ['sre', 'dev']);
    const grant = { verb: 'approve', tenant: undefined, environment: 'production', createdAt: 1 } as const;
    await store.grants.add({ ...grant, id: 'gra_1', projectId: 'prj_1', to: { groupName: 'sre' } });
    await store.grants.add({ ...grant, id: 'gra_2', projectId: 'prj_1', to: { accountId: 'usr_5' } });
    await store.grants.add({ ...grant, id: 'gra_3', projectId: 'prj_2', to: { accountId: 'usr_6' } });
    const sought = { verb: 'approve', roles: ['admin', 'owner'], projectId: 'prj_1', limit: 10 } as const;
    expect(await store.accounts.personsWith(sought)).toEqual(['usr_1', 'usr_4', 'usr_5']);
    expect(await store.accounts.personsWith({ ...sought, limit: 2 })).toEqual(['usr_1', 'usr_4']);
    expect(await store.accounts.personsWith({ ...sought, verb: 'execute' })).toEqual(['usr_1']);
  });

  test('a change compares the version that was read', async () => {
    await using store = await freshStore(database);
    await store.accounts.add(account('usr_1', { role: 'owner', passwordHash: 'x' }));
    expect(await store.accounts.countOwners()).toBe(1);
    await store.accounts.add(account('usr_2', { role: 'owner' }));
    expect(await store.accounts.countOwners(), 'one who cannot sign in yet').toBe(1);
    await store.accounts.addIdentity({ issuer: 'i', subject: 's', accountId: 'usr_2', createdAt: 1 });
    expect(await store.accounts.countOwners()).toBe(2);
    expect(await store.accounts.change(account('usr_2', { role: 'member' }))).toBe(true);
    expect(await store.accounts.change(account('usr_1', { role: 'owner', disabledAt: 5 }))).toBe(true);
    expect(await store.accounts.change(account('usr_1', { role: 'viewer' }))).toBe(false);
    expect(await store.accounts.get('usr_1')).toMatchObject({ role: 'owner', disabledAt: 5, version: 2 });
    expect(await store.accounts.countOwners()).toBe(0);
  });

  test('rights are the account with its groups, the grants of both, and the standing of its owner', async () => {
    await using store = await freshStore(database);
    const { accounts, grants } = store;
    await accounts.add(account('usr_1'));
    await accounts.add(account('usr_2', { kind: 'service_account', ownerId: 'usr_1', role: undefined }));
    await accounts.setGroups('usr_2', 'local', ['sre', 'web', 'sre']);
    await accounts.setGroups('usr_2', 'https://idp', ['sre', 'ops']);
    await accounts.setGroups('usr_2', 'local', ['web']);
    const where = { projectId: 'prj_1', tenant: 'acme', environment: undefined, createdAt: 1 } as const;
    await grants.add({ id: 'grt_1', to: { accountId: 'usr_2' }, verb: 'push', ...where });
    await grants.add({ id: 'grt_2', to: { groupName: 'ops' }, verb: 'approve', ...where });
    await grants.add({ id: 'grt_3', to: { groupName: 'other' }, verb: 'approve', ...where });
    const { createdAt: _, ...place } = where;
    expect(await accounts.withRights('usr_2')).toStrictEqual({
      id: 'usr_2',
      name: 'usr_2',
      email: undefined,
      kind: 'service_account',
      ownerId: 'usr_1',
      role: undefined,
      disabled: false,
      groups: ['ops', 'sre', 'web'],
      grants: [
        { verb: 'push', ...place },
        { verb: 'approve', ...place },
      ],
    });
    const again = grants.add({ id: 'grt_9', to: { groupName: 'ops' }, verb: 'approve', ...where });
    expect(isDuplicate(await again.catch((error: unknown) => error))).toBe(true);
    expect((await grants.inProject('prj_1')).map(({ id }) => id)).toEqual(['grt_1', 'grt_2', 'grt_3']);
    expect(await grants.remove('grt_1')).toBe(true);
    expect(await grants.remove('grt_1')).toBe(false);
    await accounts.change(account('usr_1', { disabledAt: 9 }));
    expect(await accounts.withRights('usr_2')).toMatchObject({ disabled: true });
    expect(await accounts.withRights('usr_9')).toBeUndefined();
    const each = [await accounts.withRights('usr_1'), await accounts.withRights('usr_2')];
    expect(await accounts.withRightsEach(['usr_2', 'usr_9', 'usr_1'])).toStrictEqual(each);
    expect(await accounts.withRightsEach([])).toEqual([]);
  });
});
