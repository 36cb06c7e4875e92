import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { imageRegistry } from '../../test/kit/image-registry.ts';
import { receiver } from '../../test/kit/receiver.ts';
import { askForChart } from './chart-repository.ts';
import type { NamedRegistry, RegistryAnswer } from './registry-call.ts';

const index = 'apiVersion: v1\nentries:\n  redis:\n  - name: redis\n    version: 1.0.0\ngenerated: now\n';

const ask = (repository: string, version: string, ...named: readonly NamedRegistry[]) =>
  askForChart({ repository, name: 'redis', version }, { named, timeout: 2000 });

/** What comes of asking an http chart repository that behaves in its own way. */
async function answerFrom(
  listener: RequestListener,
  {
    version = '1.0.0',
    timeout = 2000,
    ...more
  }: Partial<NamedRegistry> & { version?: string; timeout?: number } = {},
): Promise<RegistryAnswer> {
  await using server = await receiver(listener);
  const host = `127.0.0.1:${server.port}`;
  const named = [{ host, plainHttp: true, ...more }];
  return await askForChart(
    { repository: `http://${host}/charts/`, name: 'redis', version },
    { named, timeout },
  );
}
const serve: RequestListener = ({ url }, answer) =>
  url === '/charts/index.yaml' ? answer.end(index) : answer.writeHead(404).end();

test('an index has a version or has it not, in whatever form its version is asked for', async () => {
  expect(await answerFrom(serve)).toEqual({ kind: 'there' });
  expect(await answerFrom(serve, { version: 'v1.0.0' })).toEqual({ kind: 'there' });
  expect(await answerFrom(serve, { version: '9.9.9' })).toEqual({ kind: 'missing' });
});

test('a registry is asked for the tag of a chart, with its scheme and without', async () => {
  await using registry = await imageRegistry(['charts/redis:1.0.0_build.1']);
  const named = { host: registry.host, plainHttp: true };
  expect(await ask(`oci://${registry.host}/charts`, '1.0.0+build.1', named)).toEqual({ kind: 'there' });
  expect(await ask(`${registry.host}/charts`, '9.9.9', named)).toEqual({ kind: 'missing' });
  expect(registry.asked.filter((line) => line.endsWith(' as anybody'))).toEqual([
    'HEAD /v2/charts/redis/manifests/1.0.0_build.1 as anybody',
    'HEAD /v2/charts/redis/manifests/9.9.9 as anybody',
    'GET /v2/charts/redis/tags/list?n=1 as anybody',
  ]);
});

test('a chart of which a registry shows no version at all may be hidden, and is unknown', async () => {
  await using registry = await imageRegistry(['charts/redis:1.0.0']);
  const named = { host: registry.host, plainHttp: true };
  const hidden = { kind: 'unknown', reason: 'shows no such repository, or hides it' };
  expect(await ask(`oci://${registry.host}/secret`, '1.0.0', named)).toEqual(hidden);
  const credential = { kind: 'password', username: 'jane', password: 's3cret' } as const;
  expect(await ask(`oci://${registry.host}/secret`, '1.0.0', { ...named, credential })).toEqual(hidden);
  await using closed = await receiver(({ url = '' }, answer) => {
    answer.writeHead(url.endsWith('/tags/list?n=1') ? 403 : 404).end();
  });
  const host = `127.0.0.1:${closed.port}`;
  expect(await ask(`oci://${host}`, '1.0.0', { host, plainHttp: true })).toMatchObject({
    reason: 'shows it only to those who sign in',
  });
});

test('only a host that was named is asked, by the way that was named', async () => {
  const asked: (string | undefined)[] = [];
  await using server = await receiver(({ url }, answer) => {
    asked.push(url);
    answer.end(index);
  });
  const host = `127.0.0.1:${server.port}`;
  expect(await ask(`http://${host}`, '1.0.0')).toMatchObject({ reason: /not among the registries/ });
  expect(await ask(`oci://${host}`, '1.0.0')).toMatchObject({ reason: /not among the registries/ });
  expect(await ask(`http://${host}`, '1.0.0', { host, plainHttp: false })).toMatchObject({
    reason: /must begin with https/,
  });
  expect(await ask(`http://user:word@${host}`, '1.0.0', { host, plainHttp: true })).toMatchObject({
    reason: /must not hold a user name/,
  });
  expect(await ask('http://', '1.0.0', { host: '', plainHttp: true })).toMatchObject({ kind: 'unknown' });
  expect(asked).toEqual([]);
});

test('Docker Hub is one registry, by whichever of its names it was named and is asked', async () => {
  const called: string[] = [];
  const resolve = (host: string) => {
    called.push(host);
    return Promise.resolve(['169.254.169.254']);
  };
  const rules = { named: [{ host: 'docker.io', plainHttp: false }], timeout: 2000, resolve };
  for (const host of ['docker.io', 'registry-1.docker.io', 'index.docker.io']) {
    const chart = { repository: `oci://${host}/bitnamicharts`, name: 'redis', version: '1.0.0' };
    expect(await askForChart(chart, rules)).toMatchObject({ reason: /may be used/ });
  }
  expect(called).toEqual(Array.from({ length: 3 }, () => 'registry-1.docker.io'));
});

test('a chart with long texts, or an address with a query or a fragment, is asked for nowhere', async () => {
  const asked: (string | undefined)[] = [];
  await using server = await receiver(({ url }, answer) => {
    asked.push(url);
    answer.end(index);
  });
  const host = `127.0.0.1:${server.port}`;
  const [named, long] = [[{ host, plainHttp: true }], '/'.repeat(1024 ** 2)];
  const redis = { repository: `http://${host}`, name: 'redis', version: '1.0.0' };
  for (const chart of [
    { ...redis, repository: `http://${host}${long}x` },
    { ...redis, repository: `oci://${host}${long}x` },
    { ...redis, repository: `${long}x` },
    { ...redis, name: 'x'.repeat(256) },
    { ...redis, version: `1.0.0-${'x'.repeat(123)}` },
  ])
    expect(await askForChart(chart, { named, timeout: 2000 })).toEqual({
      kind: 'unknown',
      reason: 'is not asked for addresses, names or versions of such a length',
      asked: false,
    });
  for (const end of ['?', '?token=x', '#', '/charts#x', '/charts?'])
    expect(await ask(`http://${host}${end}`, '1.0.0', ...named)).toEqual({
      kind: 'unknown',
      reason: 'is not asked with a query or a fragment in its address',
      asked: false,
    });
  expect(asked).toEqual([]);
  expect(await ask(`http://${host}${'/'.repeat(2000)}`, '1.0.0', ...named)).toEqual({ kind: 'there' });
  expect(asked).toEqual(['/index.yaml']);
});

test('no token is fetched for an index, wherever its repository sends us', async () => {
  const seen: (string | undefined)[] = [];
  await using other = await receiver(({ url }, answer) => {
    seen.push(url);
    answer.end('{"token": "for-jane"}');
  });
  const at = `127.0.0.1:${other.port}`;
  await using server = await receiver((_, answer) => {
    answer.writeHead(401, { 'www-authenticate': `Bearer realm="http://${at}/token"` }).end();
  });
  const host = `127.0.0.1:${server.port}`;
  const credential = { kind: 'identity', token: 'long-lived' } as const;
  const named = [host, at].map((each) => ({ host: each, plainHttp: true, credential }));
  expect(await ask(`http://${host}`, '1.0.0', ...named)).toMatchObject({ reason: /does not show it/ });
  expect(seen).toEqual([]);
});

test('a repository that wants a password gets the one that was given for it', async () => {
  const credential = { kind: 'password', username: 'jane', password: 's3cret' } as const;
  const guarded: RequestListener = ({ headers: { authorization } }, answer) => {
    if (authorization === `Basic ${Buffer.from('jane:s3cret').toString('base64')}`) answer.end(index);
    else answer.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end(index);
  };
  expect(await answerFrom(guarded, { credential })).toEqual({ kind: 'there' });
  expect(await answerFrom(guarded)).toEqual({
    kind: 'unknown',
    reason: 'shows it only to those who sign in',
  });
});

test.each<readonly [string, RequestListener, RegExp]>([
  ['is not there', (_, answer) => answer.writeHead(404).end(), /^has no index\.yaml there$/],
  ['is elsewhere', (_, answer) => answer.writeHead(302, { location: '/x' }).end(), /^answered 302$/],
  ['is a page', (_, answer) => answer.end('<p>Sign in</p>'), /cannot be read here/],
  ['breaks off', (_, answer) => void answer.write(index.slice(0, 40), () => answer.destroy()), /./],
  ['never comes', () => undefined, /^no answer within 0\.3 seconds$/],
])('an index that %s is unknown', async (_, listener, reason) => {
  const answer = await answerFrom(listener, { timeout: 300 });
  expect(answer).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(reason) });
});
