import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { hashSecret } from '../people/secret.ts';
import { type Agent, agentActor } from './agent.ts';

/**
 * The agent that a secret belongs to, with its cluster as it is at this moment. Undefined for one that is unknown or
 * ended. With the first use of a new token the older ones end: until then the agent may not have got it.
 */
export async function resolveAgent(hub: Hub, secret: string): Promise<Agent | undefined> {
  const token = await hub.store.clusterTokens.ofAgent(hashSecret(secret));
  if (token === undefined) return undefined;
  const cluster = await hub.store.clusters.get(token.clusterId);
  if (cluster === undefined) return undefined;
  const agent = { cluster, token, actor: agentActor(cluster, token.id) };
  if (token.usedAt === undefined) await endOlderTokens(hub, agent);
  return agent;
}

async function endOlderTokens(hub: Hub, { cluster, token, actor }: Agent): Promise<void> {
  await saveChange(hub, async (tx) => {
    const now = hub.clock();
    if (!(await tx.clusterTokens.used(token.id, now))) return;
    const others = (await tx.clusterTokens.of(cluster.id, 'agent')).filter(({ id }) => id !== token.id);
    if (others.length === 0) return;
    await tx.clusterTokens.revoke(cluster.id, { kind: 'agent', now, but: token.id });
    await recordChange(tx, actor, {
      at: now,
      action: 'cluster.token_rotated',
      object: { type: 'cluster', id: cluster.id },
      details: { name: cluster.name, ended: others.length },
    });
  });
}
