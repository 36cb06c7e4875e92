import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openAgentServer } from '../src/agents/agent-server.ts';
import { createCluster } from '../src/app/clusters/create-cluster.ts';
import { syncApplication } from '../src/app/clusters/sync-application.ts';
import { type CommandKind, commandPayloads, executeCommand } from '../src/contract/agent-v1/command.ts';
import { commandFault } from '../src/contract/agent-v1/command-spec.ts';
import { readHubEnvelope } from '../src/contract/agent-v1/envelope.ts';
import { agentClient } from './kit/agent-client.ts';
import {
  type AgentFrame,
  recordFrames,
  recordedFrames,
  shapesOf,
  startAgentRelay,
  withoutSecrets,
} from './kit/agent-relay.ts';
import { apiServers, realApiServers } from './kit/api-server.ts';
import { argoApplication, deployment, resourceOf } from './kit/cluster-objects.ts';
import { type GoAgent, goAgentCapabilities, goAgents, startFakeArgo } from './kit/go-agent.ts';
import { makeHub, person } from './kit/hub.ts';
import type { TestApiServer } from './kit/kube-literal.ts';

const timeout = 30_000;
const web = deployment('web', 'web:1');
const deployed = {
  id: 1,
  revision: 'a'.repeat(40),
  deployedAt: '2026-11-20T13:00:00Z',
  source: { path: 'x' },
};
const applications = [
  argoApplication('web', {
    status: {
      resources: [{ ...resourceOf(web), health: { status: 'Healthy' } }],
      operationState: { phase: 'Succeeded', message: 'done', startedAt: '2026-11-20T13:00:00Z' },
      conditions: [{ type: 'SyncError', message: 'was late', lastTransitionTime: '2026-11-20T13:00:00Z' }],
      history: [deployed],
    },
  }),
  // What Go escapes in JSON, and so in what is hashed.
  argoApplication('a<b>&c', { spec: { syncPolicy: {} } }),
];

/** A hub whose clock the test moves, with a cluster that waits for its agent. */
async function stage(startApi: () => Promise<TestApiServer>) {
  const skew = { ms: 0 };
  const hub = await makeHub({ clock: () => Date.now() + skew.ms });
  const api = await startApi();
  await api.put(web);
  const argo = await startFakeArgo(applications);
  const admin = await person(hub, 'admin', { role: 'admin' });
  const { cluster, token } = await createCluster(hub, admin, { name: 'eu-1' });
  const errors: unknown[] = [];
  const serve = (port: number) =>
    openAgentServer(hub, { host: '127.0.0.1', port, onError: (error) => errors.push(error) });
  let server = await serve(0);
  const { port } = server;
  return {
    hub,
    skew,
    api,
    argo,
    admin,
    cluster,
    token,
    errors,
    port,
    comeAgain: async () => {
      await server.stop();
      server = await serve(port);
    },
    heard: async () => {
      const rows = await hub.store.clusterApplications.of(cluster.id);
      return rows.map(({ application }) => application.name);
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      for (const one of [argo, api, hub]) await one[Symbol.asyncDispose]();
    },
  };
}
type Stage = Awaited<ReturnType<typeof stage>>;

/** Has the agent sync an Application, by the door that people use; the answer is in the store when it is there. */
async function sync({ hub, admin, cluster }: Stage) {
  const { id } = await syncApplication(hub, admin, { clusterId: cluster.id, application: 'argocd/a<b>&c' });
  const command = () => hub.store.clusterCommands.get(id);
  await expect.poll(async () => (await command())?.status, { timeout }).toMatch(/completed|failed/);
  return command();
}

/** Has the agent do something that no door of ours asks for yet. */
async function ask({ hub, cluster }: Stage, kind: CommandKind, payload: object) {
  const [id, now] = [hub.newId('cmd_'), hub.clock()];
  const times = { createdAt: now, changedAt: now, expiresAt: now + 60_500 };
  const said = { status: 'pending', message: '', answer: null, requestedBy: 'jane@example.com' } as const;
  const body = JSON.stringify(commandPayloads[kind].parse(payload));
  await hub.store.clusterCommands.add({ id, clusterId: cluster.id, kind, payload: body, ...times, ...said });
  hub.wake('commands');
  const command = () => hub.store.clusterCommands.get(id);
  await expect.poll(async () => (await command())?.status, { timeout }).toMatch(/completed|failed/);
  return (await command())?.message ?? '';
}

const place = { namespace: 'shop', kind: 'Deployment', name: 'web' };
const commands = [
  ['scaleWorkload', { ...place, replicas: 0 }, 'workload scaled to 0 replicas'],
  ['scaleWorkload', { ...place, replicas: 2 }, 'workload scaled to 2 replicas'],
  ['restartWorkload', place, 'workload restarted'],
  ['inspectResource', { ...place, tailLines: 5, includeEvents: true }, 'resource inspection completed'],
  ['runDriftScan', { scope: 'a<b>&c' }, 'drift scan completed with 0 findings'],
  ['runDriftScan', {}, 'drift scan completed with 0 findings'],
] as const;

const said = (from: AgentFrame['from'], method: AgentFrame['method']): readonly string[] =>
  recordedFrames().flatMap((frame) => (frame.from === from && frame.method === method ? [frame.text] : []));
const recordedCommands = said('hub', 'Connect').flatMap((text) => {
  const { executeCommand: command } = JSON.parse(text) as { readonly executeCommand?: unknown };
  return command === undefined ? [] : [executeCommand.parse(command)];
});

test('what the agent of GitOpsHQ says is taken, byte for byte', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'admin', { role: 'admin' });
  const { cluster, token } = await createCluster(hub, admin, { name: 'eu-1' });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const server = await openAgentServer(hub, { host: '127.0.0.1', port: 0, onError });
  const agent = agentClient(server.port);
  for (const { commandId: id, expiresAt } of recordedCommands) {
    const times = { createdAt: 0, changedAt: 0, expiresAt: Date.parse(expiresAt) };
    const command = {
      id,
      clusterId: cluster.id,
      kind: 'argoSync',
      payload: '{}',
      requestedBy: '',
      message: '',
    };
    await hub.store.clusterCommands.add({ ...command, ...times, status: 'sent', answer: null });
  }
  const states = async () => {
    const all = recordedCommands.map(({ commandId }) => hub.store.clusterCommands.get(commandId));
    return new Set((await Promise.all(all)).map((command) => command?.status));
  };
  try {
    const [register = ''] = said('agent', 'Register');
    const { agentToken } = await agent.register('', register.replace('REGISTRATION', token.secret));
    await using stream = agent.connect(agentToken);
    for (const text of said('agent', 'Connect')) stream.send(text.replace('CLUSTER', cluster.id));
    await expect.poll(states, { timeout }).toEqual(new Set(['completed']));
    const rows = await hub.store.clusterApplications.of(cluster.id);
    expect(rows.map(({ application }) => application)).toMatchObject([
      { name: 'a<b>&c', syncStatus: 'Synced', resources: [] },
      { name: 'web', healthStatus: 'Healthy', resources: [{ kind: 'Deployment' }], history: [{ id: 1 }] },
    ]);
    for (const kind of ['inventory', 'drift'] as const)
      expect(await hub.store.clusterReports.head(cluster.id, kind)).toBeDefined();
    const known = await hub.store.clusters.get(cluster.id);
    expect(known?.facts.capabilities).toEqual(goAgentCapabilities);
    expect(errors).toEqual([]);
  } finally {
    agent.close();
    await server.stop();
  }
});

test('a command that it carried out has the same hash still', () => {
  expect(recordedCommands.length).toBeGreaterThan(commands.length);
  for (const command of recordedCommands) {
    const at = Date.parse(command.expiresAt) - 1;
    const hash = (spec: string) => createHash('sha256').update(spec).digest('hex');
    expect(commandFault(command, { at, hash, allowed: goAgentCapabilities })).toBeUndefined();
  }
  const rotation = said('hub', 'Connect').filter((text) => text.includes('rotateToken'));
  expect(rotation.map((text) => readHubEnvelope(JSON.parse(text)))).toMatchObject([
    { ok: true, value: { kind: 'rotateToken', message: { newToken: 'TOKEN' } } },
  ]);
});

describe.each(goAgents)('$kind', ({ open }) => {
  test.each(apiServers)(
    'comes in, reports, obeys, and takes a new token while the hub comes and goes, beside $kind',
    async ({ start }) => {
      await using s = await stage(start);
      await using agent: GoAgent = open({ ...s, kubeconfig: s.api.kubeconfig });
      agent.start(s.token.secret);
      await expect.poll(s.heard, { timeout }).toEqual(['a<b>&c', 'web']);
      expect(await sync(s)).toMatchObject({
        status: 'completed',
        message: 'command executed by argocd adapter',
      });
      expect(s.argo.asked).toEqual([expect.stringMatching(/^POST .*\/sync {"dryRun":false,"prune":false}$/)]);
      const tokens = () => s.hub.store.clusterTokens.of(s.cluster.id, 'agent');
      const [first] = await tokens();
      const shown = agent.token();
      s.skew.ms = 86_400_000;
      await s.comeAgain();
      await expect.poll(agent.token, { timeout }).not.toBe(shown);
      expect(await tokens()).toHaveLength(2);
      await s.comeAgain();
      await expect.poll(tokens, { timeout }).toHaveLength(1);
      expect((await tokens())[0]?.id).not.toBe(first?.id);
      expect(await agent.stop()).toBe(0);
      s.skew.ms += 3_600_000;
      agent.start();
      const seen = async () => (await s.hub.store.clusters.get(s.cluster.id))?.seenAt ?? 0;
      await expect.poll(seen, { timeout }).toBeGreaterThan(s.hub.clock() - 3_000_000);
      expect(await agent.stop()).toBe(0);
      expect(agent.said()).not.toContain('ghqa_');
      expect(s.errors).toEqual([]);
    },
  );

  describe.each(realApiServers)('beside $kind', ({ start }) => {
    test('tells its inventory, works out every hash as we do, and says what is replayed elsewhere', async () => {
      await using s = await stage(start);
      await using relay = await startAgentRelay(s.port);
      await using agent: GoAgent = open({ ...s, kubeconfig: s.api.kubeconfig, port: relay.port });
      agent.start(s.token.secret);
      await expect.poll(s.heard, { timeout }).toEqual(['a<b>&c', 'web']);
      await sync(s);
      for (const [kind, payload, message] of commands)
        expect([kind, await ask(s, kind, payload)]).toEqual([kind, message]);
      const inventory = await s.hub.store.clusterReports.get(s.cluster.id, 'inventory');
      expect(JSON.parse(inventory?.body ?? '{}')).toMatchObject({
        summary: { deploymentCount: 1, kubernetesVersion: expect.stringMatching(/^v1\./) },
        resources: expect.arrayContaining([expect.objectContaining({ kind: 'Deployment', name: 'web' })]),
      });
      const shown = agent.token();
      s.skew.ms = 86_400_000;
      await ask(s, 'runDriftScan', {});
      await expect.poll(agent.token, { timeout }).not.toBe(shown);
      await expect.poll(() => relay.frames.at(-1)?.text, { timeout }).toContain('drift scan');
      const frames = withoutSecrets(relay.frames, s.cluster.id);
      recordFrames(frames);
      expect(shapesOf(frames)).toEqual(shapesOf(recordedFrames()));
    });
  });
});
