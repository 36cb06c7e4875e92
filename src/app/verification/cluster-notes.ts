import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import { type SyncObstacle, syncObstacles } from '../../domain/verification/sync-obstacles.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { applicationKey } from '../clusters/bind-applications.ts';
import { observePlace } from './observe-place.ts';

/** Something that is worth knowing of a cluster before a change is submitted. */
export interface ClusterNote extends Omit<SyncObstacle, 'kind'> {
  readonly kind: SyncObstacle['kind'] | 'agent_away';
  readonly cluster: string;
  /** `namespace/name`; undefined when it is about the cluster. */
  readonly application: string | undefined;
}

/** What would keep these tenant-environments from following a commit, as far as their clusters say. */
export async function clusterNotes(
  hub: Hub,
  project: HubProject,
  where: readonly TenantEnvironment[],
): Promise<readonly ClusterNote[]> {
  const notes: ClusterNote[] = [];
  for (const place of where) {
    const { applications } = await observePlace(hub, project.id, place);
    const away = new Set(
      applications.filter((each) => each.cluster.presence === 'offline').map((each) => each.cluster.name),
    );
    for (const cluster of away)
      notes.push({
        kind: 'agent_away',
        cluster,
        application: undefined,
        text: 'its agent is away; the change would be safe in Git, and sync when the agent reconnects',
      });
    for (const { application, cluster } of applications) {
      const at = { now: hub.clock(), branch: project.settings.branch };
      for (const obstacle of syncObstacles(application, at))
        notes.push({ ...obstacle, cluster: cluster.name, application: applicationKey(application) });
    }
  }
  return notes;
}
