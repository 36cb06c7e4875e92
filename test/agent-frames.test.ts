import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openAgentServer } from '../src/agents/agent-server.ts';
import { createCluster } from '../src/app/clusters/create-cluster.ts';
import { executeCommand } from '../src/contract/agent-v1/command.ts';
import { commandFault } from '../src/contract/agent-v1/command-spec.ts';
import { readHubEnvelope } from '../src/contract/agent-v1/envelope.ts';
import { agentClient } from './kit/agent-client.ts';
import { root } from './kit/fresh-clone.ts';
import { makeHub, person } from './kit/hub.ts';

interface Recorded {
  readonly frames: readonly {
    readonly from: 'agent' | 'hub';
    readonly method: 'Register' | 'Connect';
    readonly text: string;
  }[];
}

const { frames } = JSON.parse(readFileSync(join(root, 'test/agent-frames/grpc-go.json'), 'utf8')) as Recorded;
const said = (from: 'agent' | 'hub', method: 'Register' | 'Connect'): readonly string[] =>
  frames.filter((frame) => frame.from === from && frame.method === method).map(({ text }) => text);

test('what Go writes is taken, byte for byte', async () => {
  await using hub = await makeHub();
  const admin = await person(hub, 'admin', { role: 'admin' });
  const { cluster, token } = await createCluster(hub, admin, { name: 'probe' });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const server = await openAgentServer(hub, { host: '127.0.0.1', port: 0, onError });
  const agent = agentClient(server.port);
  try {
    const [register = ''] = said('agent', 'Register');
    const { agentToken } = await agent.register('', register.replace('REGISTRATION', token.secret));
    await using stream = agent.connect(agentToken);
    for (const text of said('agent', 'Connect')) stream.send(text.replace('CLUSTER', cluster.id));
    const drift = () => hub.store.clusterReports.head(cluster.id, 'drift');
    await expect.poll(drift, { timeout: 30_000 }).toBeDefined();
    const applications = await hub.store.clusterApplications.of(cluster.id);
    expect(applications.map(({ application }) => application)).toMatchObject([
      { name: 'a<b>&c', syncStatus: 'Synced', resources: [] },
    ]);
    const known = await hub.store.clusters.get(cluster.id);
    expect(known?.facts.capabilities).toContain('argocd.write');
    expect(errors).toEqual([]);
  } finally {
    agent.close();
    await server.stop();
  }
});

test('the command whose hash Go worked out as we did has this hash still', () => {
  const [text = ''] = said('hub', 'Connect').filter((frame) => frame.includes('executeCommand'));
  const read = readHubEnvelope(JSON.parse(text));
  expect(read).toMatchObject({ ok: true, value: { kind: 'executeCommand' } });
  const sent = executeCommand.parse((JSON.parse(text) as { executeCommand: unknown }).executeCommand);
  const at = Date.parse(sent.expiresAt) - 1;
  const hash = (spec: string) => createHash('sha256').update(spec).digest('hex');
  expect(commandFault(sent, { at, hash, allowed: ['argocd.write'] })).toBeUndefined();
  expect(sent.expiresAt).toMatch(/\.[0-9]*[1-9]Z$/);
});
