import { describe, expect, test } from 'vitest';
import { databases, freshStore } from '../../test/kit/databases.ts';
import { applicationOf } from '../domain/cluster/application.test-kit.ts';
import { type Cluster, noFacts } from '../domain/cluster/cluster.ts';
import type { ClusterToken } from './cluster-tokens.ts';

const cluster = (id: string, name: string): Cluster => ({
  id,
  name,
  facts: noFacts,
  simulated: false,
  createdBy: 'usr_1',
  createdAt: 1,
  joinedAt: undefined,
  seenAt: undefined,
  skew: undefined,
  generation: 0,
});
const token = (id: string, kind: ClusterToken['kind'], expiresAt?: number) => ({
  id,
  clusterId: 'cls_1',
  kind,
  hash: `hash of ${id}`,
  createdAt: 1,
  expiresAt,
});

describe.each(databases)('clusters on $kind', (database) => {
  test('a name is taken once, and registering counts generations', async () => {
    await using store = await freshStore(database);
    const { clusters } = store;
    expect(await clusters.add(cluster('cls_1', 'eu-1'))).toBe(true);
    expect(await clusters.add(cluster('cls_2', 'eu-1'))).toBe(false);
    expect(await clusters.add(cluster('cls_3', 'eu-0'))).toBe(true);
    expect((await clusters.list({ limit: 9 })).map(({ name }) => name)).toEqual(['eu-0', 'eu-1']);
    expect((await clusters.list({ after: 'eu-0', limit: 9 })).map(({ id }) => id)).toEqual(['cls_1']);
    expect(await clusters.joined('cls_1', { facts: { ...noFacts, region: 'eu' }, now: 7 })).toBe(true);
    await clusters.seen('cls_1', { now: 9, skew: -30 });
    expect(await clusters.get('cls_1')).toStrictEqual({
      ...cluster('cls_1', 'eu-1'),
      facts: { ...noFacts, region: 'eu' },
      joinedAt: 7,
      seenAt: 9,
      skew: -30,
      generation: 1,
    });
    expect(await clusters.joined('cls_9', { facts: noFacts, now: 7 })).toBe(false);
  });

  test('a registration token is spent once, and not after its hour', async () => {
    await using store = await freshStore(database);
    await store.clusters.add(cluster('cls_1', 'eu-1'));
    const { clusterTokens: tokens } = store;
    await tokens.add(token('a', 'registration', 100));
    await tokens.add(token('b', 'registration', 100));
    await tokens.add(token('c', 'agent'));
    expect(await tokens.spend('hash of a', 100)).toBeUndefined();
    const tries = await Promise.all([1, 2, 3].map(() => tokens.spend('hash of a', 50)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    await tokens.revoke('cls_1', { kind: 'registration', now: 51 });
    expect(await tokens.spend('hash of b', 52)).toBeUndefined();
    // An agent's own token registers nothing, and the other way round.
    expect(await tokens.spend('hash of c', 52)).toBeUndefined();
    expect(await tokens.ofAgent('hash of b')).toBeUndefined();
    expect(await tokens.ofAgent('hash of c')).toMatchObject({ id: 'c', usedAt: undefined });
  });

  test('rotation leaves the new token alone', async () => {
    await using store = await freshStore(database);
    await store.clusters.add(cluster('cls_1', 'eu-1'));
    const { clusterTokens: tokens } = store;
    await tokens.add(token('a', 'agent'));
    await tokens.add(token('b', 'agent'));
    expect([await tokens.used('b', 5), await tokens.used('b', 6)]).toEqual([true, false]);
    await tokens.revoke('cls_1', { kind: 'agent', now: 5, but: 'b' });
    expect((await tokens.of('cls_1', 'agent')).map(({ id }) => id)).toEqual(['b']);
    expect(await tokens.ofAgent('hash of a')).toBeUndefined();
  });

  test('the latest report of each kind is kept, and goes with its cluster', async () => {
    await using store = await freshStore(database);
    await store.clusters.add(cluster('cls_1', 'eu-1'));
    const { clusterReports: reports } = store;
    const head = { clusterId: 'cls_1', kind: 'drift', generation: 1, reportedAt: 5, receivedAt: 6 } as const;
    await reports.put({ ...head, hash: 'x', body: '[1]' });
    await reports.put({ ...head, hash: 'y', body: '[2]', reportedAt: 7 });
    await reports.again({ ...head, reportedAt: 9, receivedAt: 10 });
    expect(await reports.get('cls_1', 'drift')).toEqual({
      ...head,
      reportedAt: 9,
      receivedAt: 10,
      hash: 'y',
      body: '[2]',
    });
    expect(await reports.head('cls_1', 'inventory')).toBeUndefined();
    expect(await store.clusters.remove('cls_1')).toBe(true);
    expect(await reports.head('cls_1', 'drift')).toBeUndefined();
  });

  test('Applications are replaced as a whole, and found by what they deploy', async () => {
    await using store = await freshStore(database);
    await store.clusters.add(cluster('cls_1', 'eu-1'));
    const { clusterApplications: applications } = store;
    const place = { projectId: 'prj_1', tenant: 'acme', environment: 'production', by: 'layout' } as const;
    const row = (name: string, service: string | undefined) => ({
      clusterId: 'cls_1',
      application: applicationOf({ name }),
      bound: service === undefined ? undefined : { ...place, service },
      hash: name,
    });
    await applications.replace('cls_1', [row('api', 'api'), row('cart', 'cart'), row('other', undefined)]);
    const names = async () => (await applications.of('cls_1')).map(({ application }) => application.name);
    expect(await names()).toEqual(['api', 'cart', 'other']);
    await applications.replace('cls_1', [row('api', undefined), row('cart', 'cart')]);
    expect(await names()).toEqual(['api', 'cart']);
    expect(await applications.at('prj_1', place)).toEqual([row('cart', 'cart')]);
  });

  test('a binding by hand is there once', async () => {
    await using store = await freshStore(database);
    await store.clusters.add(cluster('cls_1', 'eu-1'));
    const where = { projectId: 'prj_1', tenant: 'acme', environment: 'production' };
    const binding = {
      id: 'cbd_1',
      clusterId: 'cls_1',
      application: '',
      ...where,
      createdBy: 'x',
      createdAt: 1,
    };
    expect(await store.clusterBindings.add(binding)).toBe(true);
    expect(await store.clusterBindings.add({ ...binding, id: 'cbd_2' })).toBe(false);
    expect(await store.clusterBindings.at('prj_1', where)).toEqual([binding]);
    expect(await store.clusterBindings.remove('cls_2', 'cbd_1')).toBe(false);
    expect(await store.clusterBindings.remove('cls_1', 'cbd_1')).toBe(true);
    expect(await store.clusterBindings.of('cls_1')).toEqual([]);
  });

  test('health, marks and signals are kept for each deployment', async () => {
    await using store = await freshStore(database);
    const where = { tenant: 'acme', environment: 'production' };
    const key = {
      projectId: 'prj_1',
      ...where,
      revision: 'r1',
      clusterId: 'cls_1',
      application: 'argocd/api',
    };
    const seen = { best: 'Healthy', worst: 'Degraded', last: 'Healthy' } as const;
    const record = { ...seen, healthyMilliseconds: 5, firstAt: 1, lastAt: 2 };
    await store.deploymentHealth.put(key, record);
    await store.deploymentHealth.put(key, { ...record, lastAt: 3 });
    expect(await store.deploymentHealth.get(key)).toMatchObject({ ...record, lastAt: 3 });
    expect(await store.deploymentHealth.of('prj_1', where, ['r1', 'r2'])).toHaveLength(1);
    expect(await store.deploymentHealth.of('prj_1', where, [])).toEqual([]);
    const mark = { projectId: 'prj_1', ...where, revision: 'r1', reason: '', byId: 'x', byName: 'x', at: 1 };
    await store.deploymentMarks.add({ ...mark, id: 'mrk_1', mark: 'bad' });
    await store.deploymentMarks.add({ ...mark, id: 'mrk_2', mark: 'none' });
    const marks = await store.deploymentMarks.of('prj_1', where, ['r1']);
    expect(marks.map((each) => each.mark)).toEqual(['bad', 'none']);
    const alert = { projectId: 'prj_1', fingerprint: 'f', startedAt: 10, ...where, service: undefined };
    const signal = { ...alert, name: 'Down', summary: '', endedAt: undefined, receivedAt: 11 };
    await store.deploymentSignals.put(signal);
    await store.deploymentSignals.put({ ...signal, endedAt: 20 });
    await store.deploymentSignals.put(signal);
    expect(await store.deploymentSignals.of('prj_1', where, 20)).toEqual([{ ...signal, endedAt: 20 }]);
    expect(await store.deploymentSignals.of('prj_1', where, 21)).toEqual([]);
  });
});
