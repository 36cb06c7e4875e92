import { clusterPresence } from '../../domain/cluster/cluster-presence.ts';
import { type Actor, partyName, partyOf } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { addCommand } from './add-command.ts';
import type { ClusterCommand } from './agent-commands.ts';
import { applicationKey } from './bind-applications.ts';
import { findCluster } from './find-cluster.ts';

export interface SyncWish {
  readonly clusterId: string;
  /** `namespace/name`. */
  readonly application: string;
  readonly prune?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Asks an agent to have Argo CD sync an Application. Only for one that Argo CD does not sync by itself: the others
 * follow Git without us. Throws `cluster_application_unknown` or `command_unable`.
 */
export async function syncApplication(hub: Hub, actor: Actor, wish: SyncWish): Promise<ClusterCommand> {
  demandRight(actor, 'clusters');
  const cluster = await findCluster(hub.store, wish.clusterId);
  const { name, facts, seenAt } = cluster;
  const rows = await hub.store.clusterApplications.of(cluster.id);
  const application = rows.find((row) => applicationKey(row.application) === wish.application)?.application;
  if (!application)
    throw new Refusal('cluster_application_unknown', { cluster: name, application: wish.application });
  const unable = (reason: string): Refusal => new Refusal('command_unable', { cluster: name, reason });
  if (application.syncPolicy?.automated) throw unable('Argo CD syncs this Application by itself');
  if (!facts.capabilities.includes('argocd.write')) throw unable('it was not given argocd.write');
  if (clusterPresence(seenAt, hub.clock()) === 'offline') throw unable('it is offline');
  const { prune = false, dryRun = false } = wish;
  const { namespace, project } = application;
  const payload = { application: application.name, namespace, project, prune, dryRun };
  const requestedBy = partyName(partyOf(actor));
  const command = await saveChange(hub, (tx) =>
    addCommand(hub, tx, { actor, wish: { cluster, kind: 'argoSync', payload, requestedBy } }),
  );
  hub.wake('commands');
  return command;
}
