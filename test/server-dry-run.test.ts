import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dryRunObjects } from '../src/agent/dry-run-objects.ts';
import { readKubeconfig } from '../src/agent/kube-access.ts';
import { type KubeApi, openKubeApi } from '../src/agent/kube-api.ts';
import { apiServers, startFakeApiServer } from './kit/api-server.ts';
import { argoApplication, deployment, resourceOf } from './kit/cluster-objects.ts';
import type { KubeLiteral, TestApiServer } from './kit/kube-literal.ts';

/** As Git has it: what tools note in an object is in the cluster alone. */
const inGit = (name: string, image: string, change: Readonly<Record<string, unknown>> = {}): KubeLiteral => {
  const { spec, ...object } = deployment(name, image);
  const { annotations: _note, ...metadata } = object.metadata;
  return { ...object, metadata, spec: { ...(spec as object), ...change } };
};
const withoutEnv = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image: 'shop/web:v1' }] },
};
const container = '#/spec/template/spec/containers/[name=app]';
const configMap = (labels: Readonly<Record<string, string>>): KubeLiteral => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'web-settings', labels },
  data: { LEVEL: 'info' },
});

const wishFor = (objects: readonly KubeLiteral[]) => ({
  application: 'shop',
  namespace: 'argocd',
  project: 'shop',
  objects: JSON.stringify(objects),
});
const ask = (api: KubeApi, ...objects: readonly KubeLiteral[]) =>
  dryRunObjects(api, wishFor(objects), new AbortController().signal);

describe.each(apiServers)('a dry run of what Git would have, on $kind', ({ start }) => {
  let server: TestApiServer;
  let api: KubeApi;
  beforeAll(async () => {
    server = await start();
    api = openKubeApi(readKubeconfig(server.kubeconfig));
    for (const object of [deployment('web', 'shop/web:v1'), argoApplication('shop')])
      await server.put(object);
  }, 120_000);
  afterAll(async () => {
    api.close();
    await server[Symbol.asyncDispose]();
  });

  test('says what stays, what is made, which fields change, and what it refuses in its own words', async () => {
    const answers = await ask(
      api,
      inGit('web', 'shop/web:v1'),
      inGit('web', 'shop/web:v2', { replicas: 5 }),
      inGit('web', 'shop/web:v1', { template: withoutEnv }),
      inGit('web', 'shop/web:v1', { replicas: -1 }),
      configMap({ app: 'web' }),
      { ...configMap({}), kind: 'Gizmo', apiVersion: 'example.com/v1' },
    );
    expect(answers).toMatchObject([
      { outcome: 'same' },
      {
        outcome: 'changed',
        fields: [
          { address: '#/spec/replicas', wanted: '5', live: '3' },
          { address: `${container}/image`, wanted: 'shop/web:v2', live: 'shop/web:v1' },
        ],
      },
      { outcome: 'changed', fields: [{ address: `${container}/env/[name=LOG_LEVEL]`, wanted: 'none' }] },
      { outcome: 'refused', words: expect.stringContaining('spec.replicas: Invalid value: -1') },
      { outcome: 'created' },
      { outcome: 'refused', words: 'the cluster knows no Gizmo of example.com/v1' },
    ]);
    const path = '/apis/apps/v1/namespaces/shop/deployments/web';
    expect(await api.get(path)).toMatchObject({ spec: { replicas: 3 } });
    await expect(api.get('/api/v1/namespaces/shop/configmaps/web-settings')).rejects.toMatchObject({
      status: 404,
    });
  });

  test('asks about no Secret, and passes on no words that quote a secret value', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      stringData: { a: 'hun ter2' },
    };
    const answers = await ask(
      api,
      secret,
      configMap({ 'api-key': 'hun ter2' }),
      configMap({ app: 'hun ter2' }),
    );
    expect(answers).toMatchObject([
      { outcome: 'unasked', words: 'Secrets are never asked about' },
      { outcome: 'refused', words: 'its words may hold secret values, so they are not shown' },
      { outcome: 'refused', words: expect.stringContaining('Invalid value: "hun ter2"') },
    ]);
  });

  test('replicas that an autoscaler sets are no change', async () => {
    await server.put({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 9 },
    });
    expect(await ask(api, inGit('web', 'shop/web:v1', { replicas: 5 }))).toMatchObject([{ outcome: 'same' }]);
  });
});

test('what stands outside of the Application is not asked about, nor read', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  const settings = (namespace: string): KubeLiteral => ({
    ...configMap({}),
    metadata: { name: 'web-settings', namespace },
  });
  const space = (name: string): KubeLiteral => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { tier: 'gold' } },
  });
  const stranger = settings('globex-production');
  for (const object of [stranger, space('shop'), space('globex-production')]) await server.put(object);
  const resources = [resourceOf(settings('shop-jobs')), resourceOf(space('shop'))];
  await server.put(argoApplication('shop', { status: { resources } }));
  const before = server.asked.length;
  const asked = [
    settings('shop'),
    settings('shop-jobs'),
    stranger,
    space('shop'),
    space('globex-production'),
  ];
  expect(await ask(api, ...asked)).toMatchObject([
    { outcome: 'created' },
    { outcome: 'created' },
    { outcome: 'unasked', words: 'it goes to another namespace than its Application' },
    { outcome: 'same' },
    { outcome: 'unasked', words: 'it stands in no namespace, and its Application does not list it' },
  ]);
  expect(server.asked.slice(before).filter((line) => line.includes('globex'))).toEqual([]);
  api.close();
});

test('a name that cannot be is refused, and one that never answers keeps its own answer back alone', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  for (const object of [deployment('web', 'shop/web:v1'), argoApplication('shop')]) await server.put(object);
  const named = (name: string): KubeLiteral => ({ ...configMap({}), metadata: { name } });
  const web = inGit('web', 'shop/web:v1');
  expect(await ask(api, named('..'), web, named('\uD800'))).toMatchObject([
    { outcome: 'refused', words: '".." is no name of Kubernetes' },
    { outcome: 'same' },
    { outcome: 'refused', words: String.raw`"\ud800" is no name of Kubernetes` },
  ]);
  const over = new AbortController();
  const stuck: KubeApi = {
    ...api,
    get: (path) => {
      if (!path.endsWith('/stuck')) return api.get(path);
      over.abort();
      return new Promise(() => undefined);
    },
  };
  // Four are asked about at once: the stuck one comes after them.
  const wish = wishFor([web, web, web, web, named('stuck'), web]);
  const late = { outcome: 'unasked', words: 'the time for it was over' };
  expect(await dryRunObjects(stuck, wish, over.signal)).toMatchObject([
    ...Array.from({ length: 4 }, () => ({ outcome: 'same' })),
    late,
    late,
  ]);
  api.close();
});

test('every patch that the agent sends for it is a dry run, and what it may not ask it says', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  for (const object of [deployment('web', 'shop/web:v1'), argoApplication('shop')]) await server.put(object);
  await ask(api, inGit('web', 'shop/web:v2'), configMap({ app: 'web' }));
  const patches = server.asked.filter((line) => line.startsWith('PATCH'));
  expect(patches).toHaveLength(3);
  for (const line of patches) expect(line).toMatch(/\?dryRun=All&force=true&fieldManager=knowngood-drift$/);
  const elsewhere = { destination: { server: 'https://eu.example.com', namespace: 'shop' } };
  await server.put(argoApplication('shop', { spec: elsewhere }));
  await expect(ask(api, inGit('web', 'shop/web:v2'))).rejects.toThrow('shop goes to another cluster');
  await expect(ask(api, ...Array.from({ length: 101 }, () => configMap({})))).rejects.toThrow('at most 100');
  api.close();
});
