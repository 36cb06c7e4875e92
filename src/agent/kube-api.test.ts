import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FakeApiServer, apiServers, startFakeApiServer } from '../../test/kit/api-server.ts';
import type { TestApiServer } from '../../test/kit/kube-literal.ts';
import { readKubeconfig } from './kube-access.ts';
import { type KubeApi, openKubeApi } from './kube-api.ts';
import { argoApplications, collectionPath, objectPath } from './kube-path.ts';

const configMap = (name: string, data: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});
const configMaps = { group: '', version: 'v1', plural: 'configmaps' };

describe.each(apiServers)('on $kind', ({ start }) => {
  let server: TestApiServer;
  let api: KubeApi;
  beforeAll(async () => {
    server = await start();
    api = openKubeApi(readKubeconfig(server.kubeconfig));
    for (const name of ['a', 'b', 'c']) await server.put(configMap(name, { name }));
  }, 120_000);
  afterAll(async () => {
    api.close();
    await server[Symbol.asyncDispose]();
  });

  test('an object is read, and what is not there is 404', async () => {
    expect(await api.get(objectPath(configMaps, 'shop', 'a'))).toMatchObject({ data: { name: 'a' } });
    await expect(api.get(objectPath(configMaps, 'shop', 'x'))).rejects.toMatchObject({ status: 404 });
    await expect(api.list('/apis/nowhere.example.com/v1/things')).rejects.toMatchObject({ status: 404 });
  });

  test('a collection is read in one namespace and in all, and counted', async () => {
    const inShop = await api.list(collectionPath(configMaps, 'shop'));
    expect(inShop.map(({ data }) => data)).toEqual(expect.arrayContaining([{ name: 'a' }, { name: 'c' }]));
    expect((await api.list(collectionPath(configMaps))).length).toBeGreaterThanOrEqual(3);
    expect(await api.count(collectionPath(configMaps, 'shop'))).toBe(inShop.length);
  });

  test('a patch changes what it names, and one of an older state is refused', async () => {
    const path = objectPath(configMaps, 'shop', 'b');
    const type = 'application/merge-patch+json';
    const { metadata } = await api.get(path);
    expect(await api.patch(path, { type, body: { data: { more: '1' } } })).toMatchObject({
      data: { name: 'b', more: '1' },
    });
    const { resourceVersion } = metadata as { readonly resourceVersion: string };
    const late = { metadata: { resourceVersion }, data: { more: '2' } };
    await expect(api.patch(path, { type, body: late })).rejects.toMatchObject({ status: 409 });
  });

  test('a dry run answers what would be, says who would own it, and changes nothing', async () => {
    const path = objectPath(configMaps, 'shop', 'c');
    const applied = await api.dryRun(path, 'us', configMap('c', { name: 'other' }));
    expect(applied).toMatchObject({ data: { name: 'other' } });
    expect((applied['metadata'] as { managedFields: unknown[] }).managedFields).toContainEqual(
      expect.objectContaining({ manager: 'us', operation: 'Apply' }),
    );
    expect(await api.get(path)).toMatchObject({ data: { name: 'c' } });
  });

  test('a watch yields when something changes, and ends with its signal', async () => {
    const over = new AbortController();
    const changes = api.changes(collectionPath(argoApplications), over.signal);
    const first = changes.next();
    const application = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };
    const seen = { change: false };
    void first.then(() => (seen.change = true));
    // The watch begins at some moment: changes go on until one is seen.
    for (let at = 0; !seen.change; at += 1)
      await server.put({ ...application, metadata: { name: 'web', namespace: 'argocd' }, spec: { at } });
    expect(await first).toEqual({ done: false, value: undefined });
    const next = changes.next().catch((error: unknown) => error);
    over.abort();
    await next;
  });
});

describe('what may go wrong', () => {
  let server: FakeApiServer;
  beforeAll(async () => {
    server = await startFakeApiServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('a long collection is read a page at a time', async () => {
    for (let at = 0; at < 1100; at += 1) await server.put(configMap(`c${at}`));
    const api = openKubeApi(readKubeconfig(server.kubeconfig));
    expect(await api.list(collectionPath(configMaps))).toHaveLength(1100);
    expect(server.asked.filter((asked) => asked.includes('limit=500'))).toHaveLength(3);
    expect(await api.count(collectionPath(configMaps))).toBe(1100);
    api.close();
  });

  test('a watch that the server ends is over without an error', async () => {
    const api = openKubeApi(readKubeconfig(server.kubeconfig));
    const changes = api.changes(collectionPath(argoApplications), new AbortController().signal);
    const end = changes.next();
    const seen = { end: false };
    void end.then(() => (seen.end = true));
    while (!seen.end) {
      server.endWatches();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await end).toMatchObject({ done: true });
    api.close();
  });

  test('what is forbidden says so, and nothing secret is in the message', async () => {
    server.forbid('/api/v1/nodes');
    const api = openKubeApi(readKubeconfig(server.kubeconfig));
    await expect(api.list('/api/v1/nodes')).rejects.toThrow(
      'GET /api/v1/nodes answered 403: forbidden: cannot reach /api/v1/nodes',
    );
    const stranger = openKubeApi({ ...readKubeconfig(server.kubeconfig), authorization: () => 'Bearer x' });
    await expect(stranger.get('/version')).rejects.toThrow('GET /version answered 401: Unauthorized');
    for (const one of [api, stranger]) one.close();
  });

  test.for([
    ['[]', 'the answer is no object'],
    ['{', 'the answer is not JSON'],
  ])('an answer of %s is no answer', async ([body, reason]) => {
    const odd = createServer((_, response) => response.end(body)).listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const { port } = odd.address() as { readonly port: number };
    const tls = {};
    const api = openKubeApi({ server: `http://127.0.0.1:${port}`, tls, authorization: () => undefined });
    await expect(api.get('/version')).rejects.toThrow(`GET /version: ${reason}`);
    api.close();
    odd.close();
    await once(odd, 'close');
    await expect(api.get('/version')).rejects.toMatchObject({ status: 0 });
  });
});

test('no name leads to another path', () => {
  expect(objectPath(argoApplications, 'a/../b', 'x?y#z%2f')).toBe(
    '/apis/argoproj.io/v1alpha1/namespaces/a%2F..%2Fb/applications/x%3Fy%23z%252f',
  );
  for (const name of ['', '.', '..'])
    expect(() => objectPath(argoApplications, 'argocd', name)).toThrow('no name');
});
