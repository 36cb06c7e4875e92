import { expect, test } from 'vitest';
import { readOidcSettings } from './oidc-settings.ts';

const provider = { name: 'sso', issuer: 'https://sso.example.com', clientId: 'knowngood' };

const read = (value: unknown) => readOidcSettings('--oidc-file', JSON.stringify(value));

test('what is left out is what most providers need, and nobody gets a role by it', () => {
  expect(read([{ ...provider, clientSecret: 's' }])).toEqual([
    {
      ...provider,
      clientSecret: 's',
      scopes: ['profile', 'email'],
      plainHttp: false,
      groupsClaim: 'groups',
      roles: [],
      defaultRole: undefined,
      groups: 'as_given',
      emailVerified: 'required',
    },
  ]);
});

test('groups give roles here, and names of groups may be others here', () => {
  const given = {
    ...provider,
    roles: [{ group: 'platform', role: 'admin' }],
    defaultRole: 'viewer',
    groups: [{ claim: 'platform', group: 'sre' }],
    emailVerified: 'assumed',
  };
  expect(read([given])).toMatchObject([given]);
});

test.each([
  [[{ ...provider, name: 'My SSO' }], 'providers.0.name: lower-case letters, digits and hyphens'],
  [[{ ...provider, issuer: 'sso' }], 'providers.0.issuer: Invalid URL'],
  [[{ ...provider, clientsecret: 'hunter2' }], 'providers.0: Unrecognized key: "clientsecret"'],
  [[{ ...provider, defaultRole: 'root' }], /^providers\.0\.defaultRole: Invalid option/],
  [provider, /^providers: Invalid input/],
  [[provider, provider], 'two providers have the same name'],
])('%j is refused, and says where', (value, reason) => {
  expect(() => read(value)).toThrow(
    typeof reason === 'string'
      ? `--oidc-file: ${reason}`
      : new RegExp(`^--oidc-file: ${reason.source.slice(1)}`),
  );
});

test('what is no JSON is refused without repeating it', () => {
  expect(() => readOidcSettings('KNOWNGOOD_OIDC', '{"clientSecret": "hunter2"')).toThrow(
    /^KNOWNGOOD_OIDC: is not JSON$/,
  );
});
