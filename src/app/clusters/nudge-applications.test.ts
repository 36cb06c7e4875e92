import { expect, test } from 'vitest';
import { type ClusterStage, clusterStage, gatewayApp, minutes } from '../../../test/kit/cluster-stage.ts';
import { serviceWish } from '../../../test/kit/shop.ts';
import type { Application } from '../../domain/cluster/application.ts';
import type { Nudge } from '../../domain/policy/policy.ts';
import { submitRollback } from '../requests/submit-request.ts';
import { verifyRequests } from '../verification/verify-requests.ts';
import { receiveHeartbeat } from './receive-heartbeat.ts';

/** A rollback under a policy, with an agent that may do these things; the commands that came of two looks. */
async function asked(
  nudge: Nudge | undefined,
  capabilities: readonly string[],
  said: Partial<Application> = {},
  away = false,
) {
  await using s = await clusterStage({ policy: nudge ? { nudge } : {} });
  const { hub, agent, clock } = s;
  await receiveHeartbeat(hub, agent, {
    clusterId: '',
    agentVersion: '',
    capabilities,
    reportedAt: clock.now,
  });
  await s.report([gatewayApp({ liveRevision: s.shop.bad, ...said })]);
  if (away) clock.now += minutes(6);
  const { id } = await submitRollback(hub, s.shop.jane, serviceWish(s.shop));
  await look(s);
  await look(s);
  const commands = await hub.store.clusterCommands.waiting(agent.cluster.id, clock.now);
  const audit = (await hub.store.audit.after(0, 1000)).filter(
    ({ entry }) => entry.action === 'cluster.command_requested',
  );
  return { id, audit, commands, kinds: commands.map(({ kind }) => kind) };
}

async function look({ hub, report, shop }: ClusterStage): Promise<void> {
  const { signal } = new AbortController();
  const onError = (error: unknown): void => {
    throw error;
  };
  await verifyRequests(hub, { signal, onError });
  await report([gatewayApp({ liveRevision: shop.bad, healthStatus: 'Progressing' })]);
}

const all = ['observe', 'argocd.read', 'argocd.write', 'argocd.refresh'];
const manual = { syncPolicy: undefined };

test('nothing is asked for unless the policy says so', async () => {
  expect((await asked(undefined, all)).kinds).toEqual([]);
  expect((await asked('none', all, manual)).kinds).toEqual([]);
});

test('a look is asked for once after the commit, and is in the audit log of the request', async () => {
  const { id, audit, commands } = await asked('refresh', all);
  expect(commands).toMatchObject([{ kind: 'argoRefresh', requestedBy: `request ${id}`, status: 'pending' }]);
  expect(JSON.parse(commands[0]?.payload ?? '')).toEqual({
    application: 'acme-production-api-gateway',
    namespace: 'argocd',
    project: 'default',
  });
  expect(audit.map(({ entry }) => [entry.requestId, entry.details['command']])).toEqual([
    [id, 'argoRefresh'],
  ]);
});

test('a sync is asked for where Argo CD does not sync by itself, without pruning; a look where it does', async () => {
  const { kinds, commands } = await asked('sync', all, manual);
  expect(kinds).toEqual(['argoSync']);
  expect(JSON.parse(commands[0]?.payload ?? '')).toMatchObject({ prune: false, dryRun: false });
  expect((await asked('sync', all)).kinds).toEqual(['argoRefresh']);
});

test('an agent is asked for nothing that it may not, or cannot, and none that is away', async () => {
  expect((await asked('refresh', ['observe', 'argocd.read', 'argocd.write'])).kinds).toEqual([]);
  expect((await asked('sync', ['observe', 'argocd.read'], manual)).kinds).toEqual([]);
  expect((await asked('sync', all, manual, true)).kinds).toEqual([]);
});
