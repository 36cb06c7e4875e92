import { expect, test } from 'vitest';
import { type ShopCheckout, type SimulatedWorkload, simulatedCluster } from './simulated-cluster.ts';

const workload = (service: string, tag: string): SimulatedWorkload => ({
  tenant: 'acme',
  environment: 'production',
  service,
  image: `ghcr.io/example/${service}`,
  tag,
  replicas: 3,
  content: tag,
});
const checkout = (revision: string, gateway: string): ShopCheckout => ({
  revision,
  workloads: [workload('api-gateway', gateway), workload('web', 'v5.1.0')],
});

function stage() {
  const time = { now: Date.UTC(2026, 10, 20, 14) };
  const cluster = simulatedCluster({ repoUrl: 'http://localhost/git/shop', clock: () => time.now });
  const gateway = () => cluster.applications().find(({ name }) => name === 'acme-production-api-gateway');
  return { time, cluster, gateway };
}

test('what is there at first runs already, and the bad release crashes', () => {
  const { cluster, gateway } = stage();
  cluster.observe(checkout('a', 'v2.1.0'));
  expect(gateway()).toMatchObject({ syncStatus: 'Synced', healthStatus: 'Degraded', liveRevision: 'a' });
  expect(gateway()?.resources?.[0]).toMatchObject({ healthMessage: expect.stringContaining('simulated') });
  expect(cluster.applications()[1]).toMatchObject({ healthStatus: 'Healthy', liveRevision: 'a' });
  expect(cluster.inventory('x').resources).toMatchObject([{ status: '0/3 ready' }, { status: '3/3 ready' }]);
  expect(cluster.nextChange()).toBeUndefined();
});

test('a rollback goes from out of sync over progressing to healthy, and others stay as they are', () => {
  const { time, cluster, gateway } = stage();
  cluster.observe(checkout('a', 'v2.1.0'));
  time.now += 3_600_000;
  cluster.observe(checkout('b', 'v2.0.9'));
  const seen: unknown[] = [];
  for (let wait: number | undefined = 0; wait !== undefined; wait = cluster.nextChange()) {
    time.now += wait;
    const { syncStatus, healthStatus, liveRevision, operation } = gateway() ?? {};
    seen.push([syncStatus, healthStatus, liveRevision, operation?.phase]);
    expect(cluster.applications()[1]).toMatchObject({
      syncStatus: 'Synced',
      healthStatus: 'Healthy',
      liveRevision: 'b',
    });
  }
  expect(seen).toEqual([
    ['OutOfSync', 'Degraded', 'a', undefined],
    ['OutOfSync', 'Degraded', 'a', 'Running'],
    ['Synced', 'Progressing', 'b', 'Succeeded'],
    ['Synced', 'Healthy', 'b', 'Succeeded'],
    ['Synced', 'Healthy', 'b', 'Succeeded'],
  ]);
  const { reconciledAt = '', operation } = gateway() ?? {};
  expect(Date.parse(reconciledAt ?? '')).toBeGreaterThan(Date.parse(operation?.finishedAt ?? ''));
});

test('a second commit during a sync begins another one from what ran before', () => {
  const { time, cluster, gateway } = stage();
  cluster.observe(checkout('a', 'v2.0.8'));
  cluster.observe(checkout('b', 'v2.1.0'));
  time.now += 1500;
  cluster.observe(checkout('c', 'v2.0.9'));
  expect(gateway()).toMatchObject({ syncStatus: 'OutOfSync', liveRevision: 'a', healthStatus: 'Healthy' });
  time.now += 6000;
  expect(gateway()).toMatchObject({ syncStatus: 'Synced', liveRevision: 'c', healthStatus: 'Healthy' });
});

test('a new service is missing until it is synced, and one that is gone is gone', () => {
  const { time, cluster } = stage();
  cluster.observe({ revision: 'a', workloads: [workload('web', 'v1')] });
  cluster.observe({ revision: 'b', workloads: [workload('search', 'v1')] });
  expect(cluster.applications()).toMatchObject([{ name: 'acme-production-search', healthStatus: 'Missing' }]);
  time.now += 6000;
  expect(cluster.applications()).toMatchObject([{ healthStatus: 'Healthy', liveRevision: 'b' }]);
});
