import { expect, test } from 'vitest';
import { readRegistryAuth, withCredentials } from './registry-auth.ts';

const read = (config: unknown) =>
  readRegistryAuth('--registry-auth', typeof config === 'string' ? config : JSON.stringify(config));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const ofJane = { kind: 'password', username: 'jane', password: 'pass:word' };

test('each form that Docker writes is read, and its addresses are those of registries', () => {
  const found = read({
    auths: {
      'ghcr.io': { auth: base64('jane:pass:word') },
      'https://index.docker.io/v1/': { username: 'jane', password: 'pass:word' },
      'https://Images.example.com:5000/v2/': { auth: base64('x:y'), identitytoken: 'long-lived' },
    },
    psFormat: 'table',
  });
  expect([...found]).toEqual([
    ['ghcr.io', ofJane],
    ['docker.io', ofJane],
    ['images.example.com:5000', { kind: 'identity', token: 'long-lived' }],
  ]);
});

test('what Docker Desktop keeps beside a credential is none, and its address is that of the registry', () => {
  const own = { auth: base64('other:canary'), identitytoken: 'canary' };
  const found = read({
    auths: {
      'https://index.docker.io/v1/access-token': own,
      'https://index.docker.io/v1/refresh-token': own,
      'registry-1.docker.io': { auth: base64('jane:pass:word') },
      'ghcr.io/': { auth: base64('jane:pass:word') },
    },
  });
  expect([...found]).toEqual([
    ['docker.io', ofJane],
    ['ghcr.io', ofJane],
  ]);
});

test('a credential goes to the registry of its name alone, and no registry is asked because of one', () => {
  const named = [
    { host: 'ghcr.io', plainHttp: false },
    { host: 'quay.io', plainHttp: false },
  ];
  const found = read({
    auths: { 'ghcr.io': { auth: base64('jane:pass:word') }, 'other.example.com': { auth: base64('a:b') } },
  });
  expect(withCredentials(named, found)).toEqual([
    { ...named[0], credential: ofJane },
    { ...named[1], credential: undefined },
  ]);
});

test.each([
  [{ auths: {}, credsStore: 'desktop' }, /names a credential helper .* none is run; write auth/],
  [{ auths: { 'ghcr.io': {} }, credHelpers: { 'gcr.io': 'gcloud' } }, /names a credential helper/],
  [{ auths: { 'ghcr.io': {} } }, /auths of ghcr\.io has neither auth/],
  [{ auths: { 'ghcr.io': { auth: base64('canary-secret') } } }, /auths of ghcr\.io has neither auth/],
  [
    { auths: { 'ghcr.io': { username: 'jane', password: 'canary-secret\n' } } },
    /auths of ghcr\.io has neither/,
  ],
  [{ auths: { 'canary-secret@ghcr.io': { auth: base64('a:b') } } }, /auths has a key that is no registry/],
  [{ auths: { 'canary-secret': { auth: 7 } } }, /auths is not as Docker writes it/],
  [
    { auths: { 'ghcr.io/canary-secret': { auth: base64('a:b') } } },
    /auths has a part of ghcr\.io; a credential is for a whole registry, name that$/,
  ],
  [
    {
      auths: { 'docker.io': { auth: base64('a:b') }, 'https://index.docker.io/v1/': { auth: base64('a:c') } },
    },
    /auths has docker\.io twice; keep one of them$/,
  ],
  [['canary-secret'], /the file is not as Docker writes it/],
  ['canary-secret', /is not JSON/],
])('%j is refused without its secret', (config, message) => {
  const failing = () => read(config);
  expect(failing).toThrow(message);
  expect(failing).not.toThrow(/canary-secret/);
});
