import { expect, test } from 'vitest';
import { openAgentServer } from '../src/agents/agent-server.ts';
import { createCluster } from '../src/app/clusters/create-cluster.ts';
import { registerAgent } from '../src/app/clusters/register-agent.ts';
import { noFacts } from '../src/domain/cluster/cluster.ts';
import { isoTime } from '../src/std/iso-time.ts';
import { agentClient } from './kit/agent-client.ts';
import { makeHub, person } from './kit/hub.ts';

const crowd = 500;
const perConnection = 10;

test('500 agents at once, each replaying what it kept in any order: everybody has the newest of their own', async () => {
  const now = Date.UTC(2026, 10, 20, 14);
  await using hub = await makeHub({ clock: () => now });
  const admin = await person(hub, 'admin', { role: 'admin' });
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const server = await openAgentServer(hub, { host: '127.0.0.1', port: 0, onError });
  const clients = Array.from({ length: crowd / perConnection }, () => agentClient(server.port));
  try {
    const agents = await Promise.all(
      Array.from({ length: crowd }, async (_, index) => {
        const { cluster, token } = await createCluster(hub, admin, { name: `c${index}` });
        const { secret } = await registerAgent(hub, { secret: token.secret, facts: noFacts });
        return {
          id: cluster.id,
          name: cluster.name,
          stream: clients[index % clients.length]!.connect(secret),
        };
      }),
    );
    for (const { id, name, stream } of agents) {
      stream.send({ heartbeat: { clusterId: id, timestamp: isoTime(now) } });
      // A day without the hub, sent in pieces, backwards and twice; the newest is in the middle.
      for (const hour of [20, 23, 3, 24, 1, 23, 2])
        stream.send({
          driftReport: {
            timestamp: isoTime(now - (24 - hour) * 3_600_000),
            findings: [{ id: name, summary: `hour ${hour} of ${name}` }],
          },
        });
      stream.send({ inventorySnapshot: { timestamp: isoTime(now), summary: { clusterName: name } } });
    }
    const done = async () => {
      const heads = agents.map(({ id }) => hub.store.clusterReports.head(id, 'inventory'));
      return (await Promise.all(heads)).filter(Boolean).length;
    };
    await expect.poll(done, { timeout: 100_000, interval: 500 }).toBe(crowd);
    for (const { id, name } of agents) {
      const drift = await hub.store.clusterReports.get(id, 'drift');
      expect(JSON.parse(drift?.body ?? '[]')).toMatchObject([{ id: name, summary: `hour 24 of ${name}` }]);
    }
    expect(errors).toEqual([]);
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}, 120_000);
