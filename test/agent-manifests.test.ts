import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readKubeconfig } from '../src/agent/kube-access.ts';
import { type KubeApi, openKubeApi } from '../src/agent/kube-api.ts';
import { kubeView } from '../src/agent/kube-view.ts';
import { agentOptions } from '../src/bin/agent-options.ts';
import { realApiServers } from './kit/api-server.ts';
import { argoApplication, deployment, resourceOf } from './kit/cluster-objects.ts';
import type { RealApiServer } from './kit/kube-apiserver.ts';
import { runProgram } from './kit/run-program.ts';

const folder = join(import.meta.dirname, '../deploy/agent');

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
  readonly subjects?: readonly unknown[];
  readonly spec?: object;
}

const read = (file: string): readonly Manifest[] =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });
const rulesOf = (file: string) => read(file).flatMap(({ rules = [] }) => rules);

test('no role says *, none reads secrets, and every binding is for the one service account', () => {
  for (const file of ['read-only.yaml', 'field-drift.yaml', 'server-dry-run.yaml', 'allow-sync.yaml']) {
    for (const { apiGroups, resources, verbs } of rulesOf(file)) {
      expect([...apiGroups, ...resources, ...verbs].join(' ')).not.toContain('*');
      expect(resources).not.toContain('secrets');
    }
    const subjects = read(file).flatMap(({ subjects = [] }) => subjects);
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'knowngood-agent', namespace: 'knowngood' }]);
  }
});

test('what is on by default only reads; the rest is one right each', () => {
  const verbs = (file: string) => [...new Set(rulesOf(file).flatMap((rule) => rule.verbs))].toSorted();
  expect(verbs('read-only.yaml')).toEqual(['get', 'list', 'watch']);
  expect(verbs('field-drift.yaml')).toEqual(['get', 'list', 'patch']);
  expect(verbs('server-dry-run.yaml')).toEqual(['create', 'get', 'list', 'patch']);
  expect(rulesOf('allow-sync.yaml')).toEqual([
    { apiGroups: ['argoproj.io'], resources: ['applications'], verbs: ['patch'] },
  ]);
  expect(read('allow-sync.yaml').map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
  const [{ resources }] = read('kustomization.yaml') as unknown as [{ readonly resources: string[] }];
  expect(resources).toEqual(['agent.yaml', 'read-only.yaml']);
});

test('the pod may nothing on its node, and every variable is one that the agent reads', () => {
  const pod = read('agent.yaml').find(({ kind }) => kind === 'Deployment');
  expect(pod).toMatchObject({
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      template: {
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
            },
          ],
        },
      },
    },
  });
  const known = Object.values(agentOptions).map(({ variable }) => variable as string);
  const text = readFileSync(join(folder, 'agent.yaml'), 'utf8');
  const named = [...text.matchAll(/name: (KNOWNGOOD_\w+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(4);
  for (const name of named) expect([...known, 'KNOWNGOOD_AGENT_REGISTRATION_TOKEN']).toContain(name);
});

test('kubectl puts them together', async (context) => {
  const found = await runProgram('kubectl', ['version', '--client']).catch(() => undefined);
  if (found === undefined) context.skip('kubectl is not installed');
  const built = await runProgram('kubectl', ['kustomize', folder]);
  expect(built).toMatchObject({ code: 0, stderr: '' });
  expect(
    built.stdout
      .match(/^kind: .*$/gm)
      ?.map((line) => line.slice(6))
      .toSorted(),
  ).toEqual([
    'ClusterRole',
    'ClusterRoleBinding',
    'Deployment',
    'Namespace',
    'PersistentVolumeClaim',
    'ServiceAccount',
  ]);
});

describe.each(realApiServers)('with these rights on $kind, the agent', ({ start }) => {
  let server: RealApiServer;
  let api: KubeApi;
  const apply = (...files: readonly string[]) =>
    Promise.all(files.map((file) => server.kubectl('apply', '-f', join(folder, file))));
  const view = (fieldDrift: boolean) =>
    kubeView(api, { cluster: 'eu', namespaces: [], fieldDrift, clock: Date.now });
  const web = '/apis/apps/v1/namespaces/shop/deployments/web';
  const scale = { type: 'application/merge-patch+json', body: { spec: { replicas: 9 } } } as const;
  beforeAll(async () => {
    server = await start();
    api = openKubeApi(readKubeconfig(server.agentKubeconfig));
    const object = deployment('web', 'shop/web:v2', { wanted: 'shop/web:v1' });
    await server.put(object);
    const status = { resources: [resourceOf(object)] };
    await server.put(argoApplication('shop', { spec: { syncPolicy: {} }, status }));
    await server.kubectl('apply', '-f', join(folder, 'agent.yaml'), '-f', join(folder, 'read-only.yaml'));
  }, 120_000);
  afterAll(async () => {
    api.close();
    await server[Symbol.asyncDispose]();
  });
  const forbidden = (call: Promise<unknown>) => expect(call).rejects.toMatchObject({ status: 403 });

  test('reads everything that it tells, and changes nothing', async () => {
    await expect
      .poll(() =>
        view(false)
          .applications()
          .catch(() => []),
      )
      .toHaveLength(1);
    expect((await view(false).inventory('x')).summary).toMatchObject({ deploymentCount: 2 });
    expect(await view(false).drift('x')).toEqual([]);
    await forbidden(view(false).sync({ application: 'shop', namespace: 'argocd' }, 'jane'));
    await forbidden(view(false).refresh({ application: 'shop', namespace: 'argocd' }));
    expect(await api.list('/apis/argoproj.io/v1alpha1/appprojects')).toEqual([]);
    await forbidden(api.patch(web, scale));
    await forbidden(api.list('/api/v1/secrets'));
    await forbidden(api.list('/api/v1/configmaps'));
  });

  test('with the dry run of previews, asks about new objects too, and is kept from making them', async () => {
    const file = join(folder, 'server-dry-run.yaml');
    await server.kubectl('apply', '-f', file);
    const wanted = deployment('web', 'shop/web:v3');
    const fresh = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fresh' }, data: { a: 'b' } };
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'all' },
    };
    const ask = () =>
      view(false)
        .dryRun(
          { application: 'shop', namespace: 'argocd', objects: JSON.stringify([wanted, fresh, role]) },
          new AbortController().signal,
        )
        .catch(String);
    await expect.poll(ask).toMatchObject([
      {
        outcome: 'changed',
        fields: expect.arrayContaining([expect.objectContaining({ wanted: 'shop/web:v3' })]),
      },
      { outcome: 'created' },
      { outcome: 'unasked', words: expect.stringContaining('the agent may not: ') },
    ]);
    await expect
      .poll(() => api.patch(web, scale).then(String, (error: unknown) => String(error)), { timeout: 30_000 })
      .toContain('may only ask what would change (dry run)');
    await server.kubectl('delete', '-f', file);
  });

  test('with field drift, asks by dry run, and is kept from everything else by admission', async () => {
    await apply('field-drift.yaml');
    await expect
      .poll(() =>
        view(true)
          .drift('x')
          .catch(() => []),
      )
      .toMatchObject([{ name: 'web', liveVersion: 'shop/web:v2', desiredVersion: 'shop/web:v1' }]);
    await expect
      .poll(() => api.patch(web, scale).then(String, (error: unknown) => String(error)), { timeout: 30_000 })
      .toContain('may only ask what would change (dry run)');
    await forbidden(api.list('/api/v1/secrets'));
    await forbidden(view(true).sync({ application: 'shop', namespace: 'argocd' }, 'jane'));
  });

  test('with sync, has Argo CD sync, in its namespace alone', async () => {
    await apply('allow-sync.yaml');
    const { sync } = view(true);
    const said = () => sync({ application: 'shop', namespace: 'argocd' }, 'jane').catch(String);
    await expect.poll(said).toBe('shop is told to sync');
    await server.put({ ...argoApplication('other'), metadata: { name: 'other', namespace: 'elsewhere' } });
    await forbidden(sync({ application: 'other', namespace: 'elsewhere' }, 'jane'));
  });
});
