import { expect, test } from 'vitest';
import { type OidcRules, readOidcClaims } from './oidc-claims.ts';

const rules: OidcRules = {
  groupsClaim: 'groups',
  roles: [
    { group: 'dev', role: 'member' },
    { group: 'platform', role: 'admin' },
  ],
  defaultRole: undefined,
  groups: [{ claim: 'oncall', group: 'sre' }],
  emailVerified: 'required',
};
const claims = { sub: 's1', email: 'Jane@Example.com', email_verified: true, name: 'Jane' };
const read = (said: object, over: Partial<OidcRules> = {}) => {
  const reading = readOidcClaims({ ...rules, ...over }, { ...claims, ...said });
  return reading.ok ? reading.person : reading.problem;
};

test('claims become a person with the greatest role of their groups, and the groups that are mapped', () => {
  expect(read({ groups: ['dev', 'platform', 'oncall', 'other'] })).toEqual({
    subject: 's1',
    email: 'jane@example.com',
    name: 'Jane',
    groups: ['sre'],
    role: 'admin',
  });
  expect(read({ groups: [] })).toMatchObject({ groups: [], role: undefined });
  expect(read({}, { defaultRole: 'viewer' })).toMatchObject({ role: 'viewer' });
});

test('a group that is called like a role is a group like any other', () => {
  expect(read({ groups: ['owner', 'role:admin', 'admin'] })).toMatchObject({ role: undefined });
});

test.each([
  ['a text', 'platform,oncall'],
  ['a text in which a list is written', '["platform"]'],
  ['an object', { platform: true }],
  ['a list of objects', [{ name: 'platform' }]],
  ['a list in a list', [['platform']]],
  ['null', null],
])('%s instead of a list of groups gives none', (_, groups) => {
  expect(read({ groups })).toMatchObject({ groups: [], role: undefined });
});

test('of very many groups those that are mapped count; all of them are refused', () => {
  const groups = ['oncall', ...Array.from({ length: 10_000 }, (_, at) => `g${at}`)];
  expect(read({ groups })).toMatchObject({ groups: ['sre'] });
  expect(read({ groups }, { groups: 'as_given' })).toBe('too_many_groups');
  expect(read({ groups: ['b', 'a', 'b', 'x\ny'] }, { groups: 'as_given' })).toMatchObject({
    groups: ['b', 'a'],
  });
});

test('an address that is not verified is refused, unless the provider is trusted with addresses', () => {
  for (const email_verified of [false, undefined, 'true', 1, null])
    expect(read({ email_verified })).toBe('email_unverified');
  expect(read({ email_verified: undefined }, { emailVerified: 'assumed' })).toMatchObject({
    email: 'jane@example.com',
  });
});

test('an address that nobody could have is left out; a person without one is named otherwise', () => {
  expect(read({ email: 'a\nb@c', preferred_username: 'jd', name: '\u202e' })).toMatchObject({
    email: undefined,
    name: 'jd',
  });
  expect(read({ email: undefined, name: 7 })).toMatchObject({ email: undefined, name: 's1' });
});

test.each([undefined, '', 7, null, 'x'.repeat(256), 'a\0b', ['s1']])('%j says nobody', (sub) => {
  expect(read({ sub })).toBe('subject');
});
