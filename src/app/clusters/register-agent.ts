import type { ClusterFacts } from '../../domain/cluster/cluster.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { hashSecret, newAgentSecret } from '../people/secret.ts';
import { agentActor } from './agent.ts';
import { findCluster } from './find-cluster.ts';

/**
 * Takes an agent in: spends its registration token, gives it a token of its own, and ends every earlier one of the
 * cluster, all at once. Throws `registration_token_invalid` for a token that is unknown, spent or expired.
 */
export async function registerAgent(
  hub: Hub,
  { secret: shown, facts }: { readonly secret: string; readonly facts: ClusterFacts },
): Promise<{ readonly clusterId: string; readonly secret: string }> {
  const { secret, hash } = newAgentSecret('ghqa_');
  const clusterId = await saveChange(hub, async (tx) => {
    const now = hub.clock();
    const spent = await tx.clusterTokens.spend(hashSecret(shown), now);
    if (spent === undefined) throw new Refusal('registration_token_invalid');
    const cluster = await findCluster(tx, spent.clusterId);
    const id = hub.newId('tok_');
    await tx.clusterTokens.revoke(cluster.id, { kind: 'agent', now });
    await tx.clusterTokens.add({
      id,
      clusterId: cluster.id,
      kind: 'agent',
      hash,
      createdAt: now,
      expiresAt: undefined,
    });
    await tx.clusters.joined(cluster.id, { facts, now });
    await recordChange(tx, agentActor(cluster, spent.id), {
      at: now,
      action: 'cluster.joined',
      object: { type: 'cluster', id: cluster.id },
      details: { name: cluster.name, agentVersion: facts.agentVersion, capabilities: facts.capabilities },
    });
    return cluster.id;
  });
  return { clusterId, secret };
}
