import { type Cluster, noFacts } from '../../domain/cluster/cluster.ts';
import { checkName } from '../../domain/people/account-text.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { type RegistrationToken, addRegistrationToken } from './registration-token.ts';

export interface NewCluster {
  readonly cluster: Cluster;
  readonly token: RegistrationToken;
}

/**
 * Makes room for a cluster; its agent comes in with the registration token, which is shown here and never again.
 * Throws `already_exists` for a name that is taken.
 */
export async function createCluster(
  hub: Hub,
  actor: Actor,
  { name, simulated = false }: { readonly name: string; readonly simulated?: boolean },
): Promise<NewCluster> {
  demandRight(actor, 'clusters');
  demand(checkName('name', name));
  const createdAt = hub.clock();
  const none = { joinedAt: undefined, seenAt: undefined, skew: undefined, generation: 0 };
  const made = { id: hub.newId('cls_'), name, facts: noFacts, simulated };
  const cluster: Cluster = { ...made, createdBy: actor.id, createdAt, ...none };
  return saveChange(hub, async (tx) => {
    if (!(await tx.clusters.add(cluster)))
      throw new Refusal('already_exists', { what: `the cluster ${name}` });
    await recordChange(tx, actor, {
      at: createdAt,
      action: 'cluster.created',
      object: { type: 'cluster', id: cluster.id },
      details: { name, simulated },
    });
    return { cluster, token: await addRegistrationToken(hub, tx, cluster.id) };
  });
}
