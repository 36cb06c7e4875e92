import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readKubeconfig } from '../src/agent/kube-access.ts';
import { type KubeApi, openKubeApi } from '../src/agent/kube-api.ts';
import { kubeView } from '../src/agent/kube-view.ts';
import { apiServers, realApiServers } from './kit/api-server.ts';
import { argoApplication, deployment, resourceOf } from './kit/cluster-objects.ts';
import type { RealApiServer } from './kit/kube-apiserver.ts';

const container = '#/spec/template/spec/containers/[name=app]';

/** What people do by hand in a cluster, and the fields of ours that have drifted by it. */
const deeds: readonly (readonly [words: string, drift: readonly string[]])[] = [
  ['set image deployment/web app=shop/web:v9', [`${container}/image`]],
  ['scale deployment/web --replicas=9', ['#/spec/replicas']],
  ['set env deployment/web LOG_LEVEL=debug', [`${container}/env/[name=LOG_LEVEL]/value`]],
  ['set env deployment/web LOG_LEVEL-', [`${container}/env/[name=LOG_LEVEL]`]],
  ['label deployment/web app=other --overwrite', ['#/metadata/labels/app']],
  ['label deployment/web app-', ['#/metadata/labels/app']],
  ['set env deployment/web EXTRA=1', []],
  ['label deployment/web team=shop', []],
  ['annotate deployment/web note=x', []],
  ['rollout restart deployment/web', []],
  ['set resources deployment/web --limits=memory=1Gi', []],
  ['rollout pause deployment/web', []],
];

const web = deployment('web', 'shop/web:v1');
const shop = argoApplication('shop', { status: { resources: [resourceOf(web)] } });

/** The fields that have drifted. */
async function driftIn(api: KubeApi): Promise<readonly string[]> {
  const findings = await kubeView(api, {
    cluster: 'eu',
    namespaces: [],
    fieldDrift: true,
    clock: Date.now,
  }).drift('x');
  return findings.flatMap(({ details }) =>
    (details as { readonly fields: readonly { readonly address: string }[] }).fields.map(
      ({ address }) => address,
    ),
  );
}

test.each(apiServers)(
  'what nobody touched has not drifted, on $kind',
  { timeout: 120_000 },
  async ({ start }) => {
    await using server = await start();
    const api = openKubeApi(readKubeconfig(server.kubeconfig));
    for (const object of [web, shop]) await server.put(object);
    expect(await driftIn(api)).toEqual([]);
    await server.put(deployment('web', 'shop/web:v9', { wanted: 'shop/web:v1' }));
    expect(await driftIn(api)).toEqual([`${container}/image`]);
    api.close();
  },
);

describe.each(realApiServers)('drift by hand on $kind', ({ start }) => {
  let server: RealApiServer;
  let api: KubeApi;
  beforeAll(async () => {
    server = await start();
    api = openKubeApi(readKubeconfig(server.kubeconfig));
    for (const object of [web, shop]) await server.put(object);
  }, 120_000);
  afterAll(async () => {
    api.close();
    await server[Symbol.asyncDispose]();
  });

  test.each(deeds)('kubectl %s', async (words, drift) => {
    await server.kubectl('-n', 'shop', 'delete', 'deployment', 'web', '--ignore-not-found');
    await server.put(web);
    expect(await driftIn(api)).toEqual([]);
    await server.kubectl('-n', 'shop', ...words.split(' '));
    expect(await driftIn(api)).toEqual(drift);
  });

  test('kubectl autoscale, and a size that the autoscaler chose', async () => {
    await server.kubectl('-n', 'shop', 'autoscale', 'deployment/web', '--min=1', '--max=9');
    await server.kubectl('-n', 'shop', 'scale', 'deployment/web', '--replicas=7');
    expect(await driftIn(api)).toEqual([]);
  });
});
