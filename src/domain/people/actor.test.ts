import { expect, test } from 'vitest';
import { atLeast, isSame, partyName, partyOf, personOf, roles } from './actor.ts';
import { accountOf } from './actor.test-kit.ts';

test('every account counts as one person', () => {
  expect(personOf(accountOf({ id: 'usr_r' }))).toBe('usr_r');
  expect(personOf(accountOf({ id: 'usr_ci', kind: 'service_account', ownerId: 'usr_r' }))).toBe('usr_r');
  expect(personOf(accountOf({ id: 'usr_r2', ownerId: 'usr_r' }))).toBe('usr_r');
});

test('what is written down of an account tells the person and the account', () => {
  const service = accountOf({ id: 'usr_ci', name: 'ci', email: undefined, ownerId: 'usr_r' });
  expect(partyOf(service)).toEqual({ personId: 'usr_r', accountId: 'usr_ci', name: 'ci', email: undefined });
  expect(partyName(partyOf(service))).toBe('ci');
  expect(partyName(partyOf(accountOf({ id: 'jane' })))).toBe('jane@example.com');
});

test('a party is the same through any account of its person, and though its account was linked since', () => {
  const jane = partyOf(accountOf({ id: 'jane' }));
  expect(isSame(jane, accountOf({ id: 'ci', ownerId: 'jane' }))).toBe(true);
  expect(isSame(jane, accountOf({ id: 'jane', ownerId: 'joan' }))).toBe(true);
  expect(isSame(jane, accountOf({ id: 'joan' }))).toBe(false);
});

test('each role includes the ones before it, and no role includes none', () => {
  const table = roles.map((role) => roles.map((needed) => atLeast(role, needed)));
  expect(table).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
    [true, true, true, true],
  ]);
  expect(roles.some((needed) => atLeast(undefined, needed))).toBe(false);
});
