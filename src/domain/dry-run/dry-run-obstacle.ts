import type { Cluster } from '../cluster/cluster.ts';
import { clusterPresence } from '../cluster/cluster-presence.ts';
import type { MissingDryRun } from './server-dry-run.ts';

/** What agents say that may be asked. */
export const dryRunCapability = 'k8s.dryrun';

/** Why the agent of a cluster cannot be asked for a dry run at this moment; undefined when it can. */
export function dryRunObstacle(
  { simulated, seenAt, facts }: Pick<Cluster, 'simulated' | 'seenAt' | 'facts'>,
  now: number,
): MissingDryRun | undefined {
  if (simulated) return { layer: 'cluster', reason: 'it is simulated and has no API server' };
  const presence = clusterPresence(seenAt, now);
  if (presence === 'waiting') return { layer: 'agent', reason: 'no agent of it has reported yet' };
  if (presence === 'offline') return { layer: 'agent', reason: 'its agent is offline' };
  if (facts.capabilities.includes(dryRunCapability)) return undefined;
  return {
    layer: 'role',
    reason:
      'its agent may not ask by dry run; start it with --server-dry-run and the role of deploy/agent/server-dry-run.yaml',
  };
}
