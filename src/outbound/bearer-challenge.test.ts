import { expect, test } from 'vitest';
import { asksPassword, bearerChallenge } from './bearer-challenge.ts';

test('the realm and the service of a Bearer challenge are read, alone or behind another one', () => {
  const docker =
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"';
  const read = { realm: 'https://auth.docker.io/token', service: 'registry.docker.io' };
  expect(bearerChallenge(docker)).toEqual(read);
  expect(bearerChallenge(`Basic realm="x", ${docker}`)).toEqual(read);
  expect(bearerChallenge('bearer REALM="https://a.example.com/t"')).toEqual({
    realm: 'https://a.example.com/t',
    service: undefined,
  });
});

test.each([
  undefined,
  '',
  'Basic realm="x"',
  'Bearer service="x"',
  'Bearer realm=""',
  `Bearer realm="${'x'.repeat(5000)}"`,
])('%s is none', (header) => {
  expect(bearerChallenge(header)).toBeUndefined();
});

test('a password is asked for by a Basic challenge alone', () => {
  expect(asksPassword('Basic realm="x"')).toBe(true);
  expect(asksPassword('Bearer realm="x", basic realm="y"')).toBe(true);
  for (const header of [undefined, '', 'Bearer realm="Basic x"', `Basic ${'x'.repeat(5000)}`])
    expect(asksPassword(header)).toBe(false);
});
