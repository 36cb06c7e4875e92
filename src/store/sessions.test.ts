import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import type { Session } from './sessions.ts';
import type { Store } from './open-store.ts';
import type { Token } from './tokens.ts';

const session = (id: string): Session => ({
  id,
  hash: `hash ${id}`,
  accountId: 'usr_1',
  client: 'Firefox',
  createdAt: 1,
  authenticatedAt: 1,
  seenAt: 1,
  expiresAt: 100,
});
const token: Token = {
  id: 'tok_1',
  hash: 'h',
  accountId: 'usr_1',
  name: 'ci',
  prefix: 'kg_ab',
  scopes: ['read', 'push'],
  createdBy: 'usr_1',
  createdAt: 1,
  expiresAt: 100,
  usedAt: undefined,
  revokedAt: undefined,
};
const jane = (store: Store): Promise<void> =>
  store.accounts.add({
    id: 'usr_1',
    kind: 'person',
    name: 'Jane',
    email: undefined,
    login: 'jane',
    role: 'member',
    ownerId: undefined,
    passwordHash: undefined,
    version: 1,
    createdAt: 1,
    disabledAt: undefined,
  });

describe.each(databases)('credentials on $kind', (database) => {
  test('a session counts until its end, or until it is revoked', async () => {
    await using store = await freshStore(database);
    await jane(store);
    for (const id of ['ses_1', 'ses_2', 'ses_3']) await store.sessions.add(session(id));
    expect(await store.sessions.byHash('hash ses_1', 99)).toMatchObject(session('ses_1'));
    expect(await store.sessions.byHash('hash ses_1', 100)).toBeUndefined();
    await store.sessions.touch('ses_1', 50, 150);
    expect(await store.sessions.byHash('hash ses_1', 100)).toMatchObject({ seenAt: 50, expiresAt: 150 });
    expect(await store.sessions.reauthenticated('ses_1', 60)).toBe(true);
    expect(await store.sessions.revoke('ses_2', 60)).toBe(true);
    expect(await store.sessions.revoke('ses_2', 60)).toBe(false);
    expect(await store.sessions.byHash('hash ses_2', 60)).toBeUndefined();
    await store.sessions.revokeAll('usr_1', 70, 'ses_1');
    expect((await store.sessions.of('usr_1', 70)).map(({ id }) => id)).toEqual(['ses_1']);
    await store.sessions.forget(151);
    expect(await store.sessions.of('usr_1', 0)).toEqual([]);
  });

  test('a token counts until its end, or until it is revoked, and keeps its scopes', async () => {
    await using store = await freshStore(database);
    await jane(store);
    await store.tokens.add(token);
    await store.tokens.add({ ...token, id: 'tok_2', hash: 'i' });
    expect(await store.tokens.byHash('h', 99)).toStrictEqual(token);
    expect(await store.tokens.byHash('h', 100)).toBeUndefined();
    await store.tokens.used('tok_1', 40);
    expect(await store.tokens.revoke('tok_1', 50)).toBe(true);
    expect(await store.tokens.revoke('tok_1', 50)).toBe(false);
    expect(await store.tokens.byHash('h', 50)).toBeUndefined();
    expect(await store.tokens.get('tok_1')).toStrictEqual({ ...token, usedAt: 40, revokedAt: 50 });
    await store.tokens.revokeAll('usr_1', 60);
    expect((await store.tokens.of('usr_1')).map(({ revokedAt }) => revokedAt)).toEqual([60, 50]);
  });

  test('a credential of nobody is refused', async () => {
    await using store = await freshStore(database);
    await expect(store.tokens.add(token)).rejects.toThrow(/foreign key/i);
  });

  test('a one-time link works once, for its purpose and in its time, however many ask', async () => {
    await using store = await freshStore(database);
    const { add, peek, use, forget } = store.oneTimeLinks;
    const link = {
      hash: 'h',
      purpose: 'reset',
      accountId: undefined,
      details: '{}',
      createdAt: 1,
      expiresAt: 9,
    };
    await add(link);
    expect(await peek('h', 'reset', 5)).toMatchObject(link);
    expect(await use('h', 'first admin', 5)).toBe(false);
    expect(await use('h', 'reset', 9)).toBe(false);
    const answers = await Promise.all(Array.from({ length: 10 }, () => use('h', 'reset', 5)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await peek('h', 'reset', 5)).toBeUndefined();
    await forget(10);
  });

  test('failed sign-ins are counted one by one, and a lock outlives the cleaning up', async () => {
    await using store = await freshStore(database);
    const { failed, get, lock, succeeded, forget } = store.signInAttempts;
    await Promise.all(Array.from({ length: 10 }, () => failed('jane', 100, 50)));
    expect(await get('jane')).toEqual({ failures: 10, firstAt: 100, lockedUntil: 0 });
    await lock('jane', 500);
    await failed('bob', 100, 50);
    await forget(200, 300);
    expect(await get('jane')).toMatchObject({ lockedUntil: 500 });
    expect(await get('bob')).toBeUndefined();
    expect(await failed('jane', 700, 600)).toEqual({ failures: 1, firstAt: 700, lockedUntil: 500 });
    await succeeded('jane');
    expect(await get('jane')).toBeUndefined();
  });
});
