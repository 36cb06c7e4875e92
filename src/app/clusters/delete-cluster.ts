import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findCluster } from './find-cluster.ts';

/** Removes a cluster with its reports and tokens; the health of deployments stays known. Throws `not_visible`. */
export async function deleteCluster(hub: Hub, actor: Actor, id: string): Promise<void> {
  demandRight(actor, 'clusters');
  await saveChange(hub, async (tx) => {
    const { name } = await findCluster(tx, id);
    await tx.clusters.remove(id);
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'cluster.removed',
      object: { type: 'cluster', id },
      details: { name },
    });
  });
  hub.wake('clusters');
}
