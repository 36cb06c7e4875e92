import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { type AgentStreamClient, agentClient } from '../../test/kit/agent-client.ts';
import { type TestHub, makeHub, person } from '../../test/kit/hub.ts';
import { temporaryFolder } from '../../test/kit/repository.ts';
import { createCluster } from '../app/clusters/create-cluster.ts';
import { createRegistrationToken } from '../app/clusters/registration-token.ts';
import { clusterPresence } from '../domain/cluster/cluster-presence.ts';
import { executeCommand } from '../contract/agent-v1/command.ts';
import { commandFault } from '../contract/agent-v1/command-spec.ts';
import { largestAgentMessage } from '../contract/agent-v1/methods.ts';
import { isoTime } from '../std/iso-time.ts';
import { openAgentServer } from './agent-server.ts';

/** A hub whose clock the test moves, a server for agents, and a cluster that waits for its own. */
async function stage() {
  const clock = { now: Date.UTC(2026, 10, 20, 14) };
  const hub = await makeHub({ clock: () => clock.now });
  const errors: unknown[] = [];
  const open = (port = 0) =>
    openAgentServer(hub, { host: '127.0.0.1', port, onError: (error) => errors.push(error) });
  const server = await open();
  const admin = await person(hub, 'admin', { role: 'admin' });
  const { cluster, token } = await createCluster(hub, admin, { name: 'eu-1' });
  const agent = agentClient(server.port);
  return {
    hub,
    clock,
    errors,
    open,
    server,
    admin,
    cluster,
    token,
    agent,
    [Symbol.asyncDispose]: async () => {
      agent.close();
      await server.stop();
      await hub.close();
    },
  };
}

const heartbeat = (at: number, clusterId = '') => ({
  heartbeat: {
    clusterId,
    agentVersion: 'v1',
    capabilities: ['token.rotate', 'observe'],
    timestamp: isoTime(at),
  },
});
const drift = (at: number, id: string) => ({
  driftReport: { timestamp: isoTime(at), findings: [{ id, summary: id }] },
});

/** Waits until everything that was sent is worked on: messages are taken in their order. */
async function settled(hub: TestHub, clusterId: string, stream: AgentStreamClient, at: number) {
  stream.send({ inventorySnapshot: { timestamp: isoTime(at), summary: { clusterName: `at ${at}` } } });
  await expect
    .poll(async () => (await hub.store.clusterReports.get(clusterId, 'inventory'))?.body, { timeout: 30_000 })
    .toContain(`at ${at}`);
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error as { code: number }).code,
  );

test('an agent registers once with its token, connects with its own, and is heard', async () => {
  await using s = await stage();
  const answer = await s.agent.register(s.token.secret, {
    cluster: { name: 'x', region: 'eu', agentVersion: 'v1' },
  });
  expect(answer).toEqual({
    agentToken: expect.stringMatching(/^ghqa_[0-9a-f]{64}$/),
    clusterId: s.cluster.id,
    statusIntervalSeconds: 15,
  });
  expect(await codeOf(s.agent.register(s.token.secret))).toBe(status.UNAUTHENTICATED);
  await using stream = s.agent.connect(answer.agentToken);
  stream.send(heartbeat(s.clock.now - 2000, s.cluster.id));
  stream.send(drift(s.clock.now, 'one'));
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  expect(await s.hub.store.clusters.get(s.cluster.id)).toMatchObject({
    name: 'eu-1',
    seenAt: s.clock.now,
    skew: -2000,
    facts: { region: 'eu', agentVersion: 'v1', capabilities: ['observe', 'token.rotate'] },
  });
  const kept = await s.hub.store.clusterReports.get(s.cluster.id, 'drift');
  expect(JSON.parse(kept?.body ?? '')).toMatchObject([{ id: 'one' }]);
  expect(s.errors).toEqual([]);
});

test('wrong, spent, expired and ended tokens are told so', async () => {
  await using s = await stage();
  for (const token of ['', 'ghqa_reg_x', s.token.secret.slice(0, -1)])
    expect(await codeOf(s.agent.register(token))).toBe(status.UNAUTHENTICATED);
  s.clock.now += 3_600_000;
  expect(await codeOf(s.agent.register(s.token.secret))).toBe(status.UNAUTHENTICATED);
  const again = await createRegistrationToken(s.hub, s.admin, s.cluster.id);
  const { agentToken } = await s.agent.register('', { registrationToken: again.secret, cluster: {} });
  for (const token of ['', 'ghqa_x', again.secret]) {
    await using stream = s.agent.connect(token);
    expect(await stream.ended).toMatchObject({ code: status.UNAUTHENTICATED });
  }
  await using stream = s.agent.connect(agentToken);
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  await s.hub.store.clusterTokens.revoke(s.cluster.id, { kind: 'agent', now: s.clock.now });
  stream.send(heartbeat(s.clock.now));
  expect(await stream.ended).toEqual({
    code: status.UNAUTHENTICATED,
    details: 'this agent token does not count; register the agent again with a new registration token',
  });
});

test('an agent that reports for another cluster is refused, and that is written down', async () => {
  await using s = await stage();
  const { agentToken } = await s.agent.register(s.token.secret);
  const other = await createCluster(s.hub, s.admin, { name: 'eu-2' });
  await using stream = s.agent.connect(agentToken);
  stream.send(heartbeat(s.clock.now, other.cluster.id));
  expect(await stream.ended).toMatchObject({ code: status.PERMISSION_DENIED });
  expect((await s.hub.store.clusters.get(other.cluster.id))?.seenAt).toBeUndefined();
  const rows = await s.hub.store.audit.after(0, 100);
  expect(rows.at(-1)?.entry).toMatchObject({
    action: 'cluster.report_refused',
    actor: { accountId: s.cluster.id, credential: { kind: 'agent' } },
    details: { claimed: other.cluster.id },
  });
});

test('after a day without the hub an agent comes back with all that it kept, and the newest of it is what is known', async () => {
  await using s = await stage();
  const { agentToken } = await s.agent.register(s.token.secret);
  const status = (at: number) => ({
    argoApplicationStatus: {
      timestamp: isoTime(at),
      applications: [{ name: 'web', namespace: 'argocd', liveRevision: `at ${at}` }],
    },
  });
  const known = async () =>
    (await s.hub.store.clusterApplications.of(s.cluster.id)).map(
      ({ application }) => application.liveRevision,
    );
  const seenAt = async () => (await s.hub.store.clusters.get(s.cluster.id))?.seenAt;
  const began = s.clock.now;
  {
    await using stream = s.agent.connect(agentToken);
    stream.send(status(began));
    await settled(s.hub, s.cluster.id, stream, began);
  }
  s.clock.now += 24 * 3_600_000;
  const now = s.clock.now;
  expect(clusterPresence(await seenAt(), now)).toBe('offline');
  await using stream = s.agent.connect(agentToken);
  for (const hour of [13, 24, 1, 24, 0, 23, 7]) stream.send(status(began + hour * 3_600_000));
  await settled(s.hub, s.cluster.id, stream, now);
  expect(await known()).toEqual([`at ${now}`]);
  expect(clusterPresence(await seenAt(), now)).toBe('connected');
  expect(s.errors).toEqual([]);
});

test('messages that are no JSON, no message or too large end the stream with a reason, and nothing else', async () => {
  await using s = await stage();
  const { agentToken } = await s.agent.register(s.token.secret);
  for (const [message, code] of [
    ['{', status.INVALID_ARGUMENT],
    ['[]', status.INVALID_ARGUMENT],
    [{ heartbeat: { timestamp: 'x' } }, status.INVALID_ARGUMENT],
    [{ heartbeat: {}, driftReport: {} }, status.INVALID_ARGUMENT],
    [{ heartbeat: { clusterId: 'x'.repeat(largestAgentMessage) } }, status.RESOURCE_EXHAUSTED],
  ] as const) {
    await using stream = s.agent.connect(agentToken);
    stream.send(message);
    expect(await stream.ended).toMatchObject({ code });
  }
  await using stream = s.agent.connect(agentToken);
  stream.send({ weather: {} });
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  expect(await codeOf(s.agent.register('ghqa_reg_x', '{'))).toBe(status.INVALID_ARGUMENT);
  expect(s.errors).toEqual([]);
});

test('a command comes with a hash that an agent accepts, once, and its end is written down', async () => {
  await using s = await stage();
  const { agentToken } = await s.agent.register(s.token.secret);
  await using stream = s.agent.connect(agentToken);
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  const payload = JSON.stringify({ application: 'a<b>', namespace: 'argocd', prune: false });
  const times = { createdAt: s.clock.now, expiresAt: s.clock.now + 60_000, changedAt: s.clock.now };
  const asked = { kind: 'argoSync', payload, requestedBy: 'jane@example.com', message: '', answer: null };
  const command = { id: 'cmd_1', clusterId: s.cluster.id, ...asked, ...times, status: 'pending' } as const;
  await s.hub.store.clusterCommands.add(command);
  s.hub.wake('commands');
  const envelope = await stream.next();
  const sent = executeCommand.parse('executeCommand' in envelope ? envelope.executeCommand : {});
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(commandFault(sent, { at: s.clock.now, hash, allowed: ['argocd.write'] })).toBeUndefined();
  stream.send({ commandAck: { commandId: 'cmd_1', status: 'acked' } });
  stream.send({ commandResult: { commandId: 'cmd_1', status: 'completed', message: 'done' } });
  stream.send({ commandResult: { commandId: 'cmd_1', status: 'failed', error: 'too late' } });
  await settled(s.hub, s.cluster.id, stream, s.clock.now + 1);
  expect(await s.hub.store.clusterCommands.get('cmd_1')).toMatchObject({
    status: 'completed',
    message: 'done',
  });
  expect(await s.hub.store.clusterCommands.waiting(s.cluster.id, s.clock.now)).toEqual([]);
});

test('a token is rotated after a day; the old one counts until the new one is shown', async () => {
  await using s = await stage();
  const facts = { capabilities: ['token.rotate', 'observe'] };
  const { agentToken } = await s.agent.register(s.token.secret, { cluster: facts });
  await using stream = s.agent.connect(agentToken);
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  s.clock.now += 86_400_000;
  stream.send(heartbeat(s.clock.now));
  const envelope = await stream.next();
  const newToken = 'rotateToken' in envelope ? (envelope.rotateToken.newToken ?? '') : '';
  expect(newToken).toMatch(/^ghqa_[0-9a-f]{64}$/);
  await settled(s.hub, s.cluster.id, stream, s.clock.now);
  // The hub stops and comes again; the agent had not kept the new token yet.
  const { port } = s.server;
  await s.server.stop();
  expect(await stream.ended).toMatchObject({ code: status.UNAVAILABLE });
  const server = await s.open(port);
  const agent = agentClient(server.port);
  try {
    await using old = agent.connect(agentToken);
    await settled(s.hub, s.cluster.id, old, s.clock.now + 1);
    await using fresh = agent.connect(newToken);
    await settled(s.hub, s.cluster.id, fresh, s.clock.now + 2);
    old.send(heartbeat(s.clock.now));
    expect(await old.ended).toMatchObject({ code: status.UNAUTHENTICATED });
  } finally {
    agent.close();
    await server.stop();
  }
});

test('one cluster cannot hold streams without end', async () => {
  await using s = await stage();
  const { agentToken } = await s.agent.register(s.token.secret);
  const streams = Array.from({ length: 6 }, () => s.agent.connect(agentToken));
  const first = await Promise.race(streams.map(({ ended }) => ended));
  expect(first.code).toBe(status.RESOURCE_EXHAUSTED);
  await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()));
});

test('the hub listens with TLS where it has a certificate, and says which port is taken', async () => {
  await using s = await stage();
  const dir = temporaryFolder('tls');
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1'];
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  const [keyText, certText] = [readFileSync(key, 'utf8'), readFileSync(cert, 'utf8')];
  const options = { host: '127.0.0.1', port: 0, onError: () => undefined };
  const server = await openAgentServer(s.hub, { ...options, tls: { key: keyText, cert: certText } });
  const agent = agentClient(server.port, Buffer.from(certText));
  try {
    expect((await agent.register(s.token.secret)).clusterId).toBe(s.cluster.id);
    await expect(openAgentServer(s.hub, { ...options, port: server.port })).rejects.toThrow(
      'another program has it; choose another with --agent-port',
    );
  } finally {
    agent.close();
    await server.stop();
  }
});
