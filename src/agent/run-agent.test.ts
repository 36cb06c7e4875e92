import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AgentHub, firstToken, registrationToken, startAgentHub } from '../../test/kit/agent-hub.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { type CommandKind, commandCapabilities } from '../contract/agent-v1/command.ts';
import { commandSpecText } from '../contract/agent-v1/command-spec.ts';
import { goTime } from '../contract/agent-v1/go-json.ts';
import { type ClusterView, CommandRefused } from './cluster-view.ts';
import { type AgentOptions, runAgent } from './run-agent.ts';
import { tokenFile } from './token-file.ts';

interface TestCluster {
  readonly view: ClusterView;
  readonly synced: string[];
  /** Says that applications have changed. */
  readonly change: () => void;
  readonly broken: Set<string>;
}

function testCluster(): TestCluster {
  const synced: string[] = [];
  const broken = new Set<string>();
  let changed = Promise.withResolvers<undefined>();
  const unlessBroken = <T>(part: string, value: T): Promise<T> =>
    broken.has(part) ? Promise.reject(new Error(`${part} is broken`)) : Promise.resolve(value);
  return {
    synced,
    broken,
    change: () => {
      changed.resolve(undefined);
      changed = Promise.withResolvers();
    },
    view: {
      kubernetesVersion: () => unlessBroken('version', 'v1.33.0'),
      inventory: (timestamp) => unlessBroken('inventory', { timestamp, summary: { clusterName: 'eu' } }),
      applications: () => unlessBroken('applications', [{ name: 'web' }]),
      drift: () => unlessBroken('drift', [{ id: '1' }]),
      refresh: ({ application = '' }) => {
        synced.push(`refresh of ${application}`);
        return Promise.resolve(`${application} is told to look at Git`);
      },
      sync: ({ application = '' }, requestedBy) => {
        if (application === 'busy') return Promise.reject(new CommandRefused('busy is being synced already'));
        synced.push(`${application} for ${requestedBy}`);
        return Promise.resolve(`${application} is told to sync`);
      },
      dryRun: () => Promise.resolve([{ outcome: 'refused', words: 'spec.replicas: Invalid value: -1' }]),
      async *changes(signal) {
        const end = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        while (!signal.aborted) {
          await Promise.race([changed.promise, end]);
          yield;
        }
      },
    },
  };
}

interface Running extends AsyncDisposable {
  readonly hub: AgentHub;
  readonly cluster: TestCluster;
  readonly path: string;
  readonly log: string[];
  readonly stop: () => Promise<void>;
  /** Settles when the agent ends by itself. */
  readonly ended: Promise<void>;
}

async function start(change: Partial<AgentOptions> = {}): Promise<Running> {
  const hub = await startAgentHub();
  const cluster = testCluster();
  const path = join(temporaryFolder('agent'), 'token');
  const log: string[] = [];
  const over = new AbortController();
  const running = runAgent(
    {
      hub: { address: hub.address, tls: undefined },
      token: tokenFile(path),
      registrationToken,
      cluster: { name: 'eu', provider: '', region: '', environment: '' },
      view: cluster.view,
      clock: Date.now,
      log: {
        info: (message) => log.push(message),
        error: (message, error) => log.push(`${message}: ${(error as Error).message}`),
      },
      version: '1.2.3',
      capabilities: ['observe', 'argocd.write'],
      intervalSeconds: 3600,
      backoff: { first: 1, most: 50 },
      ...change,
    },
    over.signal,
  );
  running.catch(() => undefined);
  const stop = async (): Promise<void> => {
    over.abort();
    await running;
  };
  return {
    hub,
    cluster,
    path,
    log,
    stop,
    ended: running,
    [Symbol.asyncDispose]: async () => {
      await stop().catch(() => undefined);
      await hub[Symbol.asyncDispose]();
    },
  };
}

function command<Kind extends CommandKind>(
  kind: Kind,
  payload: Record<string, string | boolean>,
  commandId = 'cmd_1',
) {
  const requiredCapability = commandCapabilities[kind];
  const expiresAt = goTime(Date.now() + 60_000);
  const text = commandSpecText({ requiredCapability, expiresAt, kind, payload });
  const specHash = createHash('sha256').update(text).digest('hex');
  return {
    commandId,
    requiredCapability,
    expiresAt,
    specHash,
    requestedBy: 'jane@example.com',
    [kind]: payload,
  };
}

const resultOf = ({ hub }: Running, commandId: string) =>
  hub.hear(({ kind, message }) => kind === 'commandResult' && message.commandId === commandId);

test('at its first start an agent registers, keeps its token to itself, and tells everything', async () => {
  await using running = await start();
  const { hub, path } = running;
  expect(await hub.hear(({ kind }) => kind === 'driftReport')).toMatchObject({ findings: [{ id: '1' }] });
  expect(hub.registrations).toMatchObject([
    { cluster: { name: 'eu', agentVersion: '1.2.3', kubernetesVersion: 'v1.33.0' } },
  ]);
  expect(hub.heard.map(({ kind }) => kind)).toEqual([
    'heartbeat',
    'inventorySnapshot',
    'argoApplicationStatus',
    'driftReport',
  ]);
  expect(hub.heard[0]?.message).toMatchObject({
    clusterId: 'cls_1',
    capabilities: ['argocd.write', 'observe'],
  });
  expect(readFileSync(path, 'utf8')).toBe(`${firstToken}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(running.log.join()).not.toContain('ghqa_');
});

test('when the hub is gone, the agent comes back with the token that it keeps', async () => {
  await using running = await start();
  const { hub } = running;
  const beats = (count: number) => () => hub.heard.filter(({ kind }) => kind === 'heartbeat').length >= count;
  await hub.hear(beats(1));
  hub.breakOff();
  await hub.hear(beats(2));
  expect(hub.shown).toEqual([firstToken, firstToken]);
  expect(hub.registrations).toHaveLength(1);
});

test('a new token takes the place of the old one, whole and unreadable for others', async () => {
  await using running = await start();
  const { hub, path } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  // What an earlier process left may be readable.
  writeFileSync(`${path}.new`, 'half');
  chmodSync(`${path}.new`, 0o644);
  const newToken = `ghqa_${'c'.repeat(64)}`;
  hub.accepted.add(newToken);
  hub.say({ rotateToken: { commandId: 'rot_1', newToken } });
  await hub.hear(({ kind, message }) => kind === 'commandAck' && message.commandId === 'rot_1');
  expect(readFileSync(path, 'utf8')).toBe(`${newToken}\n`);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(existsSync(`${path}.new`)).toBe(false);
  hub.accepted.delete(firstToken);
  hub.breakOff();
  await hub.hear(() => hub.shown.length === 2 && hub.heard.at(-1)?.kind === 'driftReport');
  expect(hub.shown).toEqual([firstToken, newToken]);
});

test('a token that the hub forgot is replaced where there is a registration token that is good', async () => {
  await using running = await start();
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.accepted.clear();
  hub.accepted.add(registrationToken);
  hub.breakOff();
  await hub.hear(() => hub.shown.length === 2);
  expect(hub.registrations).toHaveLength(2);
});

test('a sync is carried out once, whatever comes how often, and the applications are told again', async () => {
  await using running = await start();
  const { hub, cluster } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.say({ executeCommand: command('argoSync', { application: 'web', namespace: 'argocd' }) });
  expect(await resultOf(running, 'cmd_1')).toMatchObject({
    status: 'completed',
    message: 'web is told to sync',
  });
  await hub.hear(() => hub.heard.at(-1)?.kind === 'argoApplicationStatus');
  hub.breakOff();
  await hub.hear(() => hub.shown.length === 2);
  hub.say({ executeCommand: command('argoSync', { application: 'web', namespace: 'argocd' }) });
  await hub.hear(() => hub.heard.filter(({ kind }) => kind === 'commandResult').length === 2);
  expect(cluster.synced).toEqual(['web for jane@example.com']);
});

test('a look at Git is asked for where that is allowed, and the applications are told again', async () => {
  const capabilities = ['observe', 'argocd.read', 'argocd.refresh'];
  await using running = await start({ capabilities });
  const { hub, cluster } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  const before = hub.heard.length;
  hub.say({ executeCommand: command('argoRefresh', { application: 'web', namespace: 'argocd' }) });
  expect(await hub.hear(({ kind }) => kind === 'commandResult')).toMatchObject({
    status: 'completed',
    message: 'web is told to look at Git',
  });
  await hub.hear(() => hub.heard.slice(before).some(({ kind }) => kind === 'argoApplicationStatus'));
  expect(cluster.synced).toEqual(['refresh of web']);
});

test('a dry run is answered with what the API server says to each object, and to an agent that may not with why', async () => {
  await using running = await start({ capabilities: ['observe', 'k8s.dryrun'] });
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.say({ executeCommand: command('dryRunObjects', { application: 'web', objects: '[{}]' }) });
  expect(await resultOf(running, 'cmd_1')).toMatchObject({
    status: 'completed',
    result: { objects: [{ outcome: 'refused', words: 'spec.replicas: Invalid value: -1' }] },
  });
  hub.say({ configUpdate: { statusIntervalSeconds: 60, capabilities: ['observe'] } });
  hub.say({ executeCommand: command('dryRunObjects', { application: 'web', objects: '[{}]' }, 'cmd_2') });
  expect(await resultOf(running, 'cmd_2')).toMatchObject({
    error: expect.stringContaining('lacks k8s.dryrun'),
  });
});

test('a dry run keeps no sync waiting, others wait for it, and what expires meanwhile is not begun with', async () => {
  const answer = Promise.withResolvers<undefined>();
  let begun = 0;
  const { view, synced } = testCluster();
  const dryRun: ClusterView['dryRun'] = async () => {
    begun += 1;
    await answer.promise;
    return [{ outcome: 'same' }];
  };
  let ahead = 0;
  await using running = await start({
    view: { ...view, dryRun },
    clock: () => Date.now() + ahead,
    capabilities: ['observe', 'argocd.write', 'k8s.dryrun'],
  });
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  const question = { application: 'web', objects: '[{}]' };
  hub.say({ executeCommand: command('dryRunObjects', question) });
  hub.say({ executeCommand: command('dryRunObjects', question, 'cmd_2') });
  hub.say({ executeCommand: command('argoSync', { application: 'web' }, 'cmd_3') });
  expect(await resultOf(running, 'cmd_3')).toMatchObject({ status: 'completed' });
  expect(synced).toEqual(['web for jane@example.com']);
  expect(begun).toBe(1);
  ahead = 120_000;
  answer.resolve(undefined);
  expect(await resultOf(running, 'cmd_1')).toMatchObject({ result: { objects: [{ outcome: 'same' }] } });
  expect(await resultOf(running, 'cmd_2')).toMatchObject({ error: expect.stringContaining('has expired') });
  expect(begun).toBe(1);
});

test('a scan for drift is answered with a report of it', async () => {
  await using running = await start();
  const { hub } = running;
  const reports = () => hub.heard.filter(({ kind }) => kind === 'driftReport').length;
  await hub.hear(() => reports() === 1);
  hub.say({ executeCommand: command('runDriftScan', { scope: 'all' }) });
  await hub.hear(() => reports() === 2);
  expect(await resultOf(running, 'cmd_1')).toMatchObject({ status: 'completed' });
});

test.for([
  ['that cannot be done now', command('argoSync', { application: 'busy' }), 'busy is being synced already'],
  [
    'of another content',
    { ...command('argoSync', { application: 'a' }), argoSync: { application: 'b' } },
    'not what its hash says',
  ],
  [
    'that has expired',
    { ...command('argoSync', { application: 'a' }), expiresAt: '2020-01-01T00:00:00Z' },
    'has expired',
  ],
  [
    'to scale a workload',
    command('scaleWorkload', { namespace: 'shop', kind: 'Deployment', name: 'web' }),
    'lacks k8s.scale',
  ],
  [
    'to roll back past Git',
    {
      commandId: 'cmd_1',
      requiredCapability: 'argocd.write',
      expiresAt: goTime(Date.now() + 9999),
      argoRollback: { application: 'web' },
    },
    'no payload that this agent knows',
  ],
] as const)('a command %s is refused', async ([, executeCommand, reason]) => {
  await using running = await start();
  const { hub, cluster } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.say({ executeCommand });
  const result = await resultOf(running, 'cmd_1');
  expect(result).toMatchObject({ status: 'failed', error: expect.stringContaining(reason) });
  expect(cluster.synced).toEqual([]);
});

test('an agent that may scale nothing does not even when it is told that it may', async () => {
  await using running = await start({ capabilities: ['observe', 'k8s.scale'] });
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.say({
    executeCommand: command('scaleWorkload', { namespace: 'shop', kind: 'Deployment', name: 'web' }),
  });
  expect(await resultOf(running, 'cmd_1')).toMatchObject({
    status: 'failed',
    message: 'this agent carries out argoSync, argoRefresh, runDriftScan and dryRunObjects only',
  });
});

test('the hub can take away what an agent may do, and never add to it', async () => {
  await using running = await start();
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  hub.say({ configUpdate: { statusIntervalSeconds: 60, capabilities: ['observe', 'k8s.scale'] } });
  hub.say({ executeCommand: command('argoSync', { application: 'web' }) });
  expect(await resultOf(running, 'cmd_1')).toMatchObject({
    message: expect.stringContaining('lacks argocd.write'),
  });
  hub.say({ executeCommand: command('scaleWorkload', { name: 'web' }, 'cmd_2') });
  expect(await resultOf(running, 'cmd_2')).toMatchObject({
    message: expect.stringContaining('lacks k8s.scale'),
  });
});

test('what changes is told at once, and not everything else', async () => {
  await using running = await start();
  const { hub, cluster } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  cluster.change();
  await hub.hear(() => hub.heard.filter(({ kind }) => kind === 'argoApplicationStatus').length === 2);
  expect(hub.heard.filter(({ kind }) => kind === 'inventorySnapshot')).toHaveLength(1);
});

test('what cannot be read is left out, and nothing is made up', async () => {
  await using running = await start({ registrationToken: undefined, token: keptToken() });
  const { hub, cluster, log } = running;
  cluster.broken.add('applications').add('inventory');
  hub.accepted.add(firstToken);
  await hub.hear(({ kind }) => kind === 'driftReport');
  expect(hub.heard.map(({ kind }) => kind)).toEqual(['heartbeat', 'driftReport']);
  expect(log).toContain('cannot tell the applications of the cluster: applications is broken');
});

function keptToken() {
  const path = join(temporaryFolder('agent'), 'token');
  writeFileSync(path, `${firstToken}\n`);
  return tokenFile(path);
}

test('words that are not understood, credentials and pings change nothing', async () => {
  await using running = await start();
  const { hub } = running;
  await hub.hear(({ kind }) => kind === 'driftReport');
  for (const envelope of [{ weather: {} }, { ping: 3 }, { rotateToken: { newToken: '' } }]) hub.say(envelope);
  hub.say({ syncCredentials: { commandId: 'c', version: 7, bundles: [{ password: 'x' }] } });
  expect(await hub.hear(({ kind }) => kind === 'credentialSyncResult')).toMatchObject({
    version: 7,
    status: 'failed',
  });
  hub.say({ ping: { timestamp: goTime(Date.now()) } });
  await hub.hear(() => hub.heard.at(-1)?.kind === 'heartbeat');
  expect(hub.shown).toHaveLength(1);
});

test('without a token of either kind there is nothing to show', async () => {
  await using running = await start({ registrationToken: undefined });
  await expect(running.ended).rejects.toThrow(`this agent has no token in ${running.path} yet`);
});

test('a registration token that is spent ends a first start with words to act on', async () => {
  await using running = await start({ registrationToken: 'ghqa_reg_spent' });
  await expect(running.ended).rejects.toThrow(
    `the hub at ${running.hub.address} does not accept the registration token (the token is not accepted)`,
  );
});

test('a token file that cannot be written is said so before anything else happens', async () => {
  await using running = await start({ token: tokenFile('/nowhere/at/all/token') });
  await expect(running.ended).rejects.toThrow(
    'cannot keep the token of this agent in /nowhere/at/all/token: ENOENT',
  );
});
