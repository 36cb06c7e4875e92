import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kubeconfigFor } from '../../test/kit/kube-literal.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { podAccess, readKubeconfig } from './kube-access.ts';

const cluster = { server: 'https://10.0.0.1:6443/', 'certificate-authority-data': 'Y2E=' };

test('a token, a client certificate or a password lets in', () => {
  const certificate = { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' };
  expect(readKubeconfig(kubeconfigFor(cluster, certificate))).toMatchObject({
    server: 'https://10.0.0.1:6443',
    tls: { ca: 'ca', cert: 'cert', key: 'key' },
  });
  const shown = (user: object) => readKubeconfig(kubeconfigFor(cluster, user)).authorization();
  expect(shown({ token: 't' })).toBe('Bearer t');
  expect(shown({ username: 'jane', password: 'p' })).toBe('Basic amFuZTpw');
  expect(shown({})).toBeUndefined();
});

test('files are found from where the kubeconfig is, and a token in one is read anew', () => {
  const path = kubeconfigFor(
    { ...cluster, 'certificate-authority-data': undefined, 'certificate-authority': 'ca.crt' },
    { tokenFile: 'token' },
  );
  writeFileSync(join(path, '../ca.crt'), 'authority');
  writeFileSync(join(path, '../token'), 'one\n');
  const { tls, authorization } = readKubeconfig(path);
  expect(tls).toEqual({ ca: 'authority' });
  expect(authorization()).toBe('Bearer one');
  writeFileSync(join(path, '../token'), 'two\n');
  expect(authorization()).toBe('Bearer two');
});

test.for([{ exec: { command: 'aws' } }, { 'auth-provider': { name: 'oidc' } }])(
  'a kubeconfig that would run a program is refused: %o',
  (user) => {
    const path = kubeconfigFor(cluster, user);
    expect(() => readKubeconfig(path)).toThrow(
      `user test of ${path} signs in by running a program, which this agent never does; make a kubeconfig with a token of its service account`,
    );
  },
);

test.for([
  ['it has no address', { server: 'ftp://x' }, 'its cluster has no address'],
  ['it wants a proxy', { ...cluster, 'proxy-url': 'http://p' }, 'proxies are not supported'],
  [
    'a file is missing',
    { ...cluster, 'certificate-authority-data': '', 'certificate-authority': 'x' },
    'ENOENT',
  ],
] as const)('a kubeconfig cannot be used where %s', ([, odd, reason]) => {
  expect(() => readKubeconfig(kubeconfigFor(odd, {}))).toThrow(reason);
});

test('what is no kubeconfig is refused without a word of its content', () => {
  const path = join(temporaryFolder('kubeconfig'), 'config');
  for (const [text, reason] of [
    ['token: [secret', 'it is not YAML'],
    ['secret', 'it has no context'],
    ['a: &x [secret]\nb: *x', 'it is not YAML'],
  ]) {
    writeFileSync(path, text ?? '');
    expect(() => readKubeconfig(path)).toThrow(`cannot use ${path}: ${reason}`);
  }
  expect(() => readKubeconfig(kubeconfigFor(cluster, {}), 'other')).toThrow('it has no context other');
});

test('a pod uses its service account, whose token is replaced while it runs', () => {
  const folder = temporaryFolder('pod');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.crt'), 'ca');
  writeFileSync(join(folder, 'token'), 'one');
  const environment = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };
  const access = podAccess(environment, folder);
  expect(access).toMatchObject({ server: 'https://[fd00::1]:6443', tls: { ca: 'ca' } });
  expect(access?.authorization()).toBe('Bearer one');
  writeFileSync(join(folder, 'token'), 'two');
  expect(access?.authorization()).toBe('Bearer two');
  expect(podAccess({}, folder)).toBeUndefined();
});
