import { describe, expect, test } from 'vitest';
import { clusterStage, finding, gatewayApp, joinCluster, minutes } from '../../../test/kit/cluster-stage.ts';
import { databases } from '../../../test/kit/databases.ts';
import { person } from '../../../test/kit/hub.ts';
import { indexHistory } from '../projects/index-history.ts';
import { bindCluster, unbindCluster } from './bind-cluster.ts';
import { createCluster } from './create-cluster.ts';
import { deleteCluster } from './delete-cluster.ts';
import { receiveApplications } from './receive-applications.ts';
import { registerAgent } from './register-agent.ts';
import { createRegistrationToken } from './registration-token.ts';
import { resolveAgent } from './resolve-agent.ts';
import { rotateAgentToken } from './rotate-agent-token.ts';
import { syncApplication } from './sync-application.ts';
import { getCluster, listClusters } from './view-cluster.ts';

const where = { project: 'shop', tenant: 'acme', environment: 'production' };

describe.each(databases)('clusters on $kind', (database) => {
  test('an Application is bound by its repository and path, and its health is added to the deployment', async () => {
    await using s = await clusterStage({ database });
    await indexHistory(s.hub, s.shop.project.id);
    const bad = (healthStatus: string) => [gatewayApp({ liveRevision: s.shop.bad, healthStatus })];
    expect(await s.report(bad('Healthy'))).toBe('kept');
    s.clock.now += minutes(3);
    expect(await s.report(bad('Healthy'))).toBe('known');
    s.clock.now += minutes(1);
    const past = { revision: s.shop.good, deployedAt: s.clock.now - minutes(60) };
    expect(await s.report(bad('Degraded').map((app) => ({ ...app, history: [past] })))).toBe('kept');
    const view = await getCluster(s.hub, s.shop.bob, s.agent.cluster.id);
    expect(view).toMatchObject({
      state: 'connected',
      bindings: [{ ...where, application: 'argocd/acme-production-api-gateway', by: 'layout' }],
      applications: [{ bound: { service: 'api-gateway' } }],
    });
    const revisions = [s.shop.bad, s.shop.good];
    const health = await s.hub.store.deploymentHealth.of(s.shop.project.id, where, revisions);
    expect(health).toMatchObject([
      { revision: s.shop.bad, best: 'Healthy', worst: 'Degraded', healthyMilliseconds: minutes(4) },
    ]);
  });

  test('what Argo CD ran before is known of, once, as unknown', async () => {
    await using s = await clusterStage({ database });
    await indexHistory(s.hub, s.shop.project.id);
    const past = { revision: s.shop.good, deployedAt: s.clock.now - minutes(60) };
    await s.report([gatewayApp({ liveRevision: s.shop.bad, history: [past] })]);
    const [row] = await s.hub.store.deploymentHealth.of(s.shop.project.id, where, [s.shop.good]);
    expect(row).toMatchObject({ best: 'Unknown', firstAt: past.deployedAt, healthyMilliseconds: 0 });
  });
});

test('late and repeated reports change nothing, whatever they say', async () => {
  await using s = await clusterStage();
  const said = (syncStatus: string, at: number) => s.report([gatewayApp({ syncStatus })], at);
  const { now } = s.clock;
  expect(await said('Synced', now)).toBe('kept');
  s.clock.now += minutes(1);
  expect(await said('OutOfSync', now - 1)).toBe('stale');
  expect(await s.drift([finding()], now)).toBe('kept');
  expect(await s.drift([], now - 5)).toBe('stale');
  const view = await getCluster(s.hub, s.shop.bob, s.agent.cluster.id);
  expect(view.applications[0]?.application.syncStatus).toBe('Synced');
  expect(view.findings).toHaveLength(1);
});

test('an agent that was replaced is not heard any more', async () => {
  await using s = await clusterStage();
  const { secret } = await createRegistrationToken(s.hub, s.shop.jane, s.agent.cluster.id);
  const next = await registerAgent(s.hub, { secret, facts: s.agent.cluster.facts });
  expect(await s.report([gatewayApp()])).toBe('stale');
  const agent = (await resolveAgent(s.hub, next.secret))!;
  // Its clock is an hour behind; nothing that it says is older than what the other one said.
  const reportedAt = s.clock.now - minutes(60);
  expect(await receiveApplications(s.hub, agent, { applications: [], reportedAt })).toBe('kept');
});

test('a new token is for an agent that says that it takes one', async () => {
  await using s = await clusterStage();
  const { cluster } = s.agent;
  const agentThat = (capabilities: readonly string[]) => ({
    ...s.agent,
    cluster: { ...cluster, facts: { ...cluster.facts, capabilities } },
  });
  s.clock.now += minutes(24 * 60);
  expect(await rotateAgentToken(s.hub, agentThat(['observe']))).toBeUndefined();
  expect(await rotateAgentToken(s.hub, agentThat(['observe', 'token.rotate']))).toMatch(/^ghqa_/);
});

test('people say what the layout does not, for one Application or for a cluster', async () => {
  await using s = await clusterStage();
  const clusterId = s.agent.cluster.id;
  const apps = [
    gatewayApp({ name: 'all', path: 'rendered' }),
    gatewayApp({ name: 'foreign', repoUrl: 'https://git.example.com/other' }),
  ];
  await s.report(apps);
  const bound = async () =>
    (await s.hub.store.clusterApplications.of(clusterId)).map(
      ({ application, bound: place }) => `${application.name} ${place ? `${place.tenant} ${place.by}` : '-'}`,
    );
  expect(await bound()).toEqual(['all -', 'foreign -']);
  await bindCluster(s.hub, s.shop.jane, { clusterId, ...where });
  expect(await bound()).toEqual(['all acme hand', 'foreign -']);
  const own = { clusterId, ...where, tenant: 'globex', application: 'argocd/foreign' };
  await bindCluster(s.hub, s.shop.jane, own);
  await bindCluster(s.hub, s.shop.jane, own);
  await s.report(apps);
  expect(await bound()).toEqual(['all acme hand', 'foreign globex hand']);
  await unbindCluster(s.hub, s.shop.jane, own);
  await unbindCluster(s.hub, s.shop.jane, own);
  expect(await bound()).toEqual(['all acme hand', 'foreign -']);
  const rows = await s.hub.store.audit.after(0, 100);
  expect(rows.map(({ entry }) => entry.action).filter((action) => action.endsWith('bound'))).toEqual([
    'cluster.bound',
    'cluster.bound',
    'cluster.unbound',
  ]);
});

test('a cluster is listed with its state, and removed with its agent', async () => {
  await using s = await clusterStage();
  await joinCluster(s.hub, s.shop, 'asia-1');
  await createCluster(s.hub, s.shop.jane, { name: 'never' });
  s.clock.now += minutes(3);
  await s.beat();
  s.clock.now += minutes(3);
  const states = (await listClusters(s.hub, s.shop.bob)).map(({ cluster, state }) => [cluster.name, state]);
  expect(states).toEqual([
    ['asia-1', 'offline'],
    ['eu-1', 'lagging'],
    ['never', 'waiting'],
  ]);
  await expect(createCluster(s.hub, s.shop.jane, { name: 'eu-1' })).rejects.toThrow('already exists');
  await deleteCluster(s.hub, s.shop.jane, s.agent.cluster.id);
  expect(await s.report([])).toBe('stale');
  await expect(getCluster(s.hub, s.shop.bob, s.agent.cluster.id)).rejects.toThrow(
    'this cluster does not exist',
  );
});

test('only an Application that Argo CD does not sync by itself is synced, by whoever manages clusters', async () => {
  await using s = await clusterStage();
  const clusterId = s.agent.cluster.id;
  const manual = { automated: false, prune: false, selfHeal: false };
  await s.report([gatewayApp({ name: 'auto' }), gatewayApp({ name: 'manual', syncPolicy: manual })]);
  const ask = (application: string, who = s.shop.jane) =>
    syncApplication(s.hub, who, { clusterId, application });
  await expect(ask('argocd/auto')).rejects.toThrow('Argo CD syncs this Application by itself');
  await expect(ask('argocd/none')).rejects.toThrow('reports no Application argocd/none');
  await expect(ask('argocd/manual', await person(s.hub, 'mia'))).rejects.toThrow('manage clusters');
  const command = await ask('argocd/manual');
  expect(await s.hub.store.clusterCommands.waiting(clusterId, s.clock.now)).toEqual([command]);
  s.clock.now += minutes(6);
  await expect(ask('argocd/manual')).rejects.toThrow('it is offline');
});
