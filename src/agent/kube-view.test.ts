import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiServers, startFakeApiServer } from '../../test/kit/api-server.ts';
import type { TestApiServer } from '../../test/kit/kube-literal.ts';
import { argoApplication, deployment, resourceOf } from '../../test/kit/cluster-objects.ts';
import type { ClusterView } from './cluster-view.ts';
import { readKubeconfig } from './kube-access.ts';
import { type KubeApi, openKubeApi } from './kube-api.ts';
import { type KubeViewOptions, kubeView } from './kube-view.ts';

const at = '2026-11-20T14:00:00Z';
const usual: KubeViewOptions = {
  cluster: 'eu-west-1',
  namespaces: [],
  fieldDrift: false,
  clock: () => Date.parse(at),
};

describe.each(apiServers)('a cluster on $kind', ({ start }) => {
  let server: TestApiServer;
  let api: KubeApi;
  const view = (options: Partial<KubeViewOptions> = {}): ClusterView =>
    kubeView(api, { ...usual, ...options });
  beforeAll(async () => {
    server = await start();
    api = openKubeApi(readKubeconfig(server.kubeconfig));
    const objects = [
      deployment('web', 'shop/web:v2.1.0', { wanted: 'shop/web:v2.0.9' }),
      deployment('catalog', 'shop/catalog:v1'),
      deployment('scaled', 'shop/scaled:v1', { replicas: 7 }),
    ];
    for (const object of objects) await server.put(object);
    const resources = objects.map((object) => resourceOf(object));
    const missing = { ...resourceOf(deployment('gone', 'x'), 'OutOfSync'), health: { status: 'Missing' } };
    await server.put(argoApplication('shop', { status: { resources: [...resources, missing] } }));
    await server.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1' },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
  }, 120_000);
  afterAll(async () => {
    api.close();
    await server[Symbol.asyncDispose]();
  });

  test('applications are told as Argo CD has them', async () => {
    expect(await view().applications()).toMatchObject([
      {
        name: 'shop',
        namespace: 'argocd',
        syncStatus: 'Synced',
        liveRevision: 'a'.repeat(40),
        resourceCount: 4,
      },
    ]);
    expect(await view({ namespaces: ['elsewhere'] }).applications()).toEqual([]);
  });

  test('the inventory has workloads with their images', async () => {
    const { summary, resources } = await view().inventory(at);
    expect(summary).toMatchObject({ clusterName: 'eu-west-1', deploymentCount: 3, nodeCount: 1 });
    expect(summary.kubernetesVersion).toMatch(/^v1\.\d+/);
    expect(resources).toContainEqual({
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      status: '0/3 ready',
      labels: { app: 'web', 'knowngood.dev/images': 'shop/web:v2.1.0' },
    });
  });

  test('drift is what Argo CD says of each resource, until asking is switched on', async () => {
    expect(await view().drift(at)).toMatchObject([
      { kind: 'Deployment', name: 'gone', severity: 'high', scope: 'argocd/shop', detectedAt: at },
    ]);
  });

  test('asked by dry run, drift names the field, and nothing that the server filled in', async () => {
    const findings = await view({ fieldDrift: true }).drift(at);
    expect(findings).toMatchObject([
      {
        name: 'web',
        severity: 'high',
        desiredVersion: 'shop/web:v2.0.9',
        liveVersion: 'shop/web:v2.1.0',
        summary:
          '#/spec/template/spec/containers/[name=app]/image is shop/web:v2.1.0, and Git says shop/web:v2.0.9',
        details: { source: 'dry-run', fields: [expect.anything()] },
      },
      { name: 'gone', details: { source: 'status' } },
    ]);
  });

  test('replicas are no drift where an autoscaler looks after them', async () => {
    const scaled = deployment('scaled', 'shop/scaled:v1', { replicas: 3 });
    const note = JSON.stringify({ ...scaled, metadata: { name: 'scaled', namespace: 'shop' } });
    const live = deployment('scaled', 'shop/scaled:v1', { replicas: 7 });
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': note };
    await server.put({ ...live, metadata: { ...live.metadata, annotations } });
    const names = async () => (await view({ fieldDrift: true }).drift(at)).map(({ name }) => name);
    expect(await names()).toContain('scaled');
    await server.put({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaled', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'scaled' },
        maxReplicas: 9,
      },
    });
    expect(await names()).not.toContain('scaled');
  });

  test('a sync is asked for once, of the right project, and never while one runs', async () => {
    await server.put(argoApplication('manual', { spec: { project: 'shop', syncPolicy: {} } }));
    const wish = { application: 'manual', namespace: 'argocd', prune: true };
    const { sync } = view();
    await expect(sync({ ...wish, application: 'x' }, 'jane')).rejects.toThrow(
      'there is no Application argocd/x',
    );
    await expect(sync({ ...wish, project: 'other' }, 'jane')).rejects.toThrow('not in the project other');
    expect(await sync({ ...wish, project: 'shop' }, 'jane@example.com')).toBe('manual is told to sync');
    expect(await api.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/manual')).toMatchObject({
      operation: { initiatedBy: { username: 'knowngood:jane@example.com' }, sync: { prune: true } },
    });
    await expect(sync(wish, 'jane')).rejects.toThrow('manual is being synced already');
    await expect(sync({ application: '../../secrets' }, 'jane')).rejects.toThrow('there is no Application');
  });

  test('a look at Git is asked for by the annotation of Argo CD, of the right project', async () => {
    await server.put(argoApplication('looked', { spec: { project: 'shop' } }));
    const wish = { application: 'looked', namespace: 'argocd' };
    const { refresh } = view();
    await expect(refresh({ ...wish, project: 'other' })).rejects.toThrow('not in the project other');
    for (const project of ['shop', undefined])
      expect(await refresh({ ...wish, project })).toBe('looked is told to look at Git');
    expect(await api.get('/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/looked')).toMatchObject({
      metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } },
    });
    await expect(refresh({ application: 'none' })).rejects.toThrow('there is no Application argocd/none');
  });
});

test('a closed sync window of its project is told with an Application, and nothing where nobody may read projects', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  const syncWindows = [{ kind: 'deny', schedule: '0 13 * * *', duration: '2h', applications: ['shop'] }];
  await server.put({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: { syncWindows },
  });
  for (const name of ['shop', 'web']) await server.put(argoApplication(name));
  const conditions = async (now = at) =>
    (await kubeView(api, { ...usual, clock: () => Date.parse(now) }).applications()).map((application) =>
      (application.conditions ?? []).map(({ message }) => message),
    );
  const closed = 'a sync window is closed: it holds syncs back at 0 13 * * * for 2h';
  expect(await conditions()).toEqual([[closed], []]);
  expect(await conditions('2026-11-20T15:00:00Z')).toEqual([[], []]);
  server.forbid('/apis/argoproj.io/v1alpha1/appprojects');
  expect(await conditions()).toEqual([[], []]);
  api.close();
});

test('Flux is told in the words of Argo CD', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  const revision = `main@sha1:${'c'.repeat(40)}`;
  const ready = { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded' };
  await server.put({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'shop', namespace: 'flux-system' },
    spec: { url: 'https://git.example.com/shop.git' },
  });
  const source = { kind: 'GitRepository', name: 'shop' };
  await server.put({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'web', namespace: 'flux-system' },
    spec: { path: './tenants/acme/production', sourceRef: source },
    status: { lastAppliedRevision: revision, lastAttemptedRevision: revision, conditions: [ready] },
  });
  const chart = { chart: 'web', version: '1.x', sourceRef: { ...source, namespace: 'flux-system' } };
  await server.put({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { chart: { spec: chart } },
    status: { conditions: [{ ...ready, status: 'False' }], history: [{ chartVersion: '1.2.0', version: 3 }] },
  });
  expect(await kubeView(api, usual).applications()).toMatchObject([
    {
      name: 'web',
      repoUrl: 'https://git.example.com/shop.git',
      path: 'tenants/acme/production',
      targetRevision: 'main',
      liveRevision: 'c'.repeat(40),
      syncStatus: 'Synced',
      healthStatus: 'Healthy',
    },
    {
      repoUrl: 'https://git.example.com/shop.git',
      sourceType: 'Helm',
      liveRevision: '1.2.0',
      healthStatus: 'Degraded',
    },
  ]);
  api.close();
});

test('what may not be read is an error, and no empty cluster', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  server.forbid('/apis/argoproj.io');
  await expect(kubeView(api, usual).applications()).rejects.toMatchObject({ status: 403 });
  api.close();
});

test('resources that this agent may not ask about are left to what Argo CD says', async () => {
  await using server = await startFakeApiServer();
  const api = openKubeApi(readKubeconfig(server.kubeconfig));
  const web = deployment('web', 'v2', { wanted: 'v1' });
  await server.put(web);
  await server.put(argoApplication('shop', { status: { resources: [resourceOf(web, 'OutOfSync')] } }));
  server.forbid('/apis/apps/v1/namespaces/shop/deployments/web');
  expect(await kubeView(api, { ...usual, fieldDrift: true }).drift(at)).toMatchObject([
    { name: 'web', summary: 'Deployment/web is not as Git says', details: { source: 'status' } },
  ]);
  api.close();
});
