import { describe, expect, test } from 'vitest';
import {
  type ClusterStage,
  clusterStage,
  finding,
  gatewayApp,
  joinCluster,
  minutes,
} from '../../../test/kit/cluster-stage.ts';
import { databases } from '../../../test/kit/databases.ts';
import type { Application } from '../../domain/cluster/application.ts';
import { imagesLabel } from '../../domain/cluster/running-images.ts';
import { applicationOf } from '../../domain/cluster/application.test-kit.ts';
import { longestWatch } from '../../domain/verification/verify-recovery.ts';
import { receiveApplications } from '../clusters/receive-applications.ts';
import { previewRollback } from '../requests/preview-request.ts';
import { submitRollback } from '../requests/submit-request.ts';
import { serviceWish } from '../../../test/kit/shop.ts';
import { verificationOf, verifyRequests } from './verify-requests.ts';

/** Rolls the gateway back on a stage, and looks when told. */
async function rolledBack(s: ClusterStage) {
  const { id } = await submitRollback(s.hub, s.shop.jane, serviceWish(s.shop));
  const request = (await s.hub.store.requests.get(id))!;
  const errors: unknown[] = [];
  const look = async () => {
    const { signal } = new AbortController();
    await verifyRequests(s.hub, { signal, onError: (error) => errors.push(error) });
    expect(errors).toEqual([]);
    const row = (await s.hub.store.verifications.get(id))!;
    return { ...row, verdict: verificationOf(row)! };
  };
  const actions = async () =>
    (await s.hub.store.audit.after(0, 1000))
      .filter(({ entry }) => entry.requestId === id)
      .map(({ entry }) => (entry.action === 'request.observed' ? entry.details['state'] : entry.action));
  return { id, commit: request.commit!, look, actions };
}

const app = (said: Partial<Application>) => [gatewayApp(said)];

describe.each(databases)('verification on $kind', (database) => {
  test('a rollback goes from delivered to verified as the cluster follows, each step written down once', async () => {
    await using s = await clusterStage({ database });
    await s.report(app({ liveRevision: s.shop.bad, healthStatus: 'Degraded' }));
    const { look, actions, commit } = await rolledBack(s);
    expect(await look()).toMatchObject({
      state: 'delivered',
      reason: expect.stringContaining('it still runs'),
    });
    s.clock.now += minutes(1);
    await s.report(app({ liveRevision: commit, healthStatus: 'Progressing' }));
    expect((await look()).state).toBe('synced');
    await look();
    s.clock.now += minutes(1);
    await s.report(app({ liveRevision: commit }));
    expect((await look()).state).toBe('healthy');
    s.clock.now += minutes(1);
    expect((await look()).state).toBe('healthy');
    await s.report(app({ liveRevision: commit }));
    expect(await look()).toMatchObject({ state: 'verified', closedAt: null });
    expect((await actions()).slice(-4)).toEqual(['delivered', 'synced', 'healthy', 'request.verified']);
  });
});

test('what no cluster is known to run is delivered with its completion, and looked at again once one reports it', async () => {
  await using s = await clusterStage();
  const { id, look, actions, commit } = await rolledBack(s);
  const of = { after: '', old: s.clock.now - longestWatch };
  expect(await s.hub.store.verifications.get(id)).toMatchObject({
    state: 'delivered',
    reason: expect.stringContaining('no cluster is known'),
    closedAt: null,
  });
  expect(await s.hub.store.verifications.open(of, 9)).toEqual([]);
  expect((await actions()).at(-1)).not.toBe('delivered');
  await s.report(app({ liveRevision: commit, healthStatus: 'Progressing' }));
  expect((await look()).state).toBe('synced');
  // The Application is gone: the verdict follows once more, and then there is no news again.
  await s.report([]);
  expect((await look()).state).toBe('delivered');
  expect(await s.hub.store.verifications.open(of, 9)).toEqual([]);
  s.clock.now += longestWatch + 1;
  expect(await look()).toMatchObject({ state: 'delivered', closedAt: s.clock.now });
});

test('another revision with the same tree for the scope proves it, and one that the hub lacks never does', async () => {
  await using s = await clusterStage();
  const { look, commit } = await rolledBack(s);
  await s.report(app({ liveRevision: 'f'.repeat(40) }));
  expect(await look()).toMatchObject({
    state: 'delivered',
    reason: expect.stringContaining('does not have'),
  });
  // The release that was gone back to is what the commit restored.
  s.clock.now += 1000;
  await s.report(app({ liveRevision: s.shop.good }));
  expect((await look()).state).toBe('healthy');
  s.clock.now += 1000;
  await s.report(app({ liveRevision: commit, path: 'tenants/acme' }));
  const { verdict } = await look();
  expect(verdict.applications).toEqual([]);
});

test('a later change of the service ends the verification', async () => {
  await using s = await clusterStage();
  const first = await rolledBack(s);
  await first.look();
  s.clock.now += minutes(1);
  const second = await submitRollback(s.hub, s.shop.jane, serviceWish(s.shop, { targetSha: s.shop.bad }));
  const { commit } = (await s.hub.store.requests.get(second.id))!;
  await s.report(app({ liveRevision: commit! }));
  expect(await first.look()).toMatchObject({ state: 'unconfirmed', closedAt: s.clock.now });
});

test('drift of what the Application manages is in the way; drift of others is not', async () => {
  await using s = await clusterStage();
  const { look, commit } = await rolledBack(s);
  const resource = { kind: 'Deployment', namespace: 'acme', name: 'api-gateway', healthStatus: 'Healthy' };
  const none = {
    group: 'apps',
    syncStatus: 'Synced',
    healthMessage: '',
    hookType: '',
    requiresPruning: false,
  };
  await s.report(app({ liveRevision: commit, resources: [{ ...none, ...resource }] }));
  await s.drift([finding(), finding({ id: 'two', name: 'search' })]);
  expect(await look()).toMatchObject({ state: 'synced', reason: expect.stringContaining('replicas are 5') });
  s.clock.now += 1000;
  await s.drift([finding({ id: 'two', name: 'search' })]);
  expect((await look()).state).toBe('healthy');
});

test('with the agent away it is safe in Git, and its return shows the truth at once', async () => {
  await using s = await clusterStage();
  await s.report(app({ liveRevision: s.shop.bad, healthStatus: 'Degraded' }));
  const { look, commit } = await rolledBack(s);
  s.clock.now += minutes(6);
  const safe = 'safe in Git; sync will occur when the agent reconnects';
  expect(await look()).toMatchObject({ state: 'delivered', reason: safe });
  s.clock.now += minutes(24 * 60);
  expect(await look()).toMatchObject({ state: 'unconfirmed', reason: safe, closedAt: null });
  // What it kept meanwhile comes in any order, twice, and the newest last but one.
  const log = Array.from({ length: 40 }, (_, index) => s.clock.now - minutes(40 - index));
  const newest = log.at(-1)!;
  for (const at of [...log.slice(20), ...log.slice(0, 20), ...log.toReversed()])
    await s.report(app({ liveRevision: at === newest ? commit : s.shop.bad }), at);
  await s.beat();
  expect((await look()).verdict.applications).toMatchObject([{ liveRevision: commit, stage: 'healthy' }]);
});

test('a cluster that lies about another one reaches only itself', async () => {
  await using s = await clusterStage();
  const liar = await joinCluster(s.hub, s.shop, 'eu-2');
  await s.report(app({ liveRevision: s.shop.bad, healthStatus: 'Degraded' }));
  const { look, commit } = await rolledBack(s);
  const applications = [applicationOf(gatewayApp({ liveRevision: commit }))];
  await receiveApplications(s.hub, liar, { applications, reportedAt: s.clock.now });
  // It says that all is well; the cluster that does run it still says otherwise, and the slower one decides.
  expect((await look()).state).toBe('delivered');
});

test('another image than the commit asks for is in the way, whatever Argo CD says of sync and health', async () => {
  await using s = await clusterStage();
  const { look, commit } = await rolledBack(s);
  const resource = { group: 'apps', kind: 'Deployment', namespace: 'acme', name: 'api-gateway' };
  const well = { syncStatus: 'Synced', healthStatus: 'Healthy', healthMessage: '', hookType: '' };
  const managed = { liveRevision: commit, resources: [{ ...resource, ...well, requiresPruning: false }] };
  const runs = async (image: string): Promise<void> => {
    s.clock.now += minutes(1);
    await s.inventory([{ ...resource, status: '3/3 ready', labels: { [imagesLabel]: image } }]);
    await s.report(app(managed));
  };
  // An override in the Application, or an image updater: Git says v2.0.9.
  await runs('ghcr.io/shop/api-gateway:v2.1.0');
  expect(await look()).toMatchObject({
    state: 'synced',
    reason: expect.stringContaining('runs ghcr.io/shop/api-gateway:v2.1.0, not v2.0.9'),
  });
  await runs('ghcr.io/shop/api-gateway:v2.0.9,istio/proxyv2:1.27');
  await look();
  await runs('ghcr.io/shop/api-gateway:v2.0.9,istio/proxyv2:1.27');
  const { state, verdict } = await look();
  expect(state).toBe('verified');
  expect(verdict.applications).toMatchObject([{ images: { compared: 1, others: [] } }]);
});

const rollout = { group: 'argoproj.io', kind: 'Rollout', namespace: 'acme', name: 'api-gateway' };
const paused = { syncStatus: 'Synced', healthStatus: 'Suspended', healthMessage: 'CanaryPauseStep' };
const running = { phase: 'Running', message: '', finishedAt: undefined };

test.for([
  ['manual_sync', { syncPolicy: undefined }, 'ask for a sync'],
  [
    'stuck_operation',
    { operation: { ...running, startedAt: Date.UTC(2026, 10, 20, 13) } },
    'end it in Argo CD',
  ],
  [
    'sync_window',
    {
      conditions: [
        { type: 'SyncWindow', message: 'a sync window is closed: until 15:00', lastTransitionAt: undefined },
      ],
    },
    'until 15:00; open it, or wait',
  ],
  [
    'paused_rollout',
    {
      healthStatus: 'Suspended',
      resources: [{ ...rollout, ...paused, hookType: '', requiresPruning: false }],
    },
    'a rollout waits to be promoted',
  ],
] as const)('%s is named before a rollback is submitted, and in its verdict', async ([kind, said, words]) => {
  await using s = await clusterStage();
  const { hub, shop } = s;
  await s.report(app({ liveRevision: shop.bad, ...said }));
  const { clusterNotes } = await previewRollback(hub, shop.jane, serviceWish(shop));
  const application = 'argocd/acme-production-api-gateway';
  expect(clusterNotes).toEqual([
    { kind, cluster: 'eu-1', application, text: expect.stringContaining(words) },
  ]);
  const { look, commit } = await rolledBack(s);
  // A canary pauses in the middle of the new revision; the others never get that far.
  const live = kind === 'paused_rollout' ? commit : shop.bad;
  await s.report(app({ liveRevision: live, ...said }));
  const { state, reason, verdict } = await look();
  expect(state).toBe(kind === 'paused_rollout' ? 'synced' : 'delivered');
  expect(reason).toContain(words);
  expect(verdict.applications).toMatchObject([{ obstacles: [{ kind }] }]);
});
