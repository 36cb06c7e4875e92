import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import type { Agent } from './agent.ts';
import { refuseForeignClaim } from './refuse-claim.ts';

export interface Beat {
  /** What the agent believes to be. */
  readonly clusterId: string;
  readonly agentVersion: string;
  readonly capabilities: readonly string[];
  readonly reportedAt: number | undefined;
}

/** The agent is there. Throws `report_foreign` when it takes itself for another. */
export async function receiveHeartbeat(hub: Hub, agent: Agent, beat: Beat): Promise<void> {
  const { cluster, actor } = agent;
  demandRight(actor, 'agent_report');
  await refuseForeignClaim(hub, agent, beat.clusterId);
  const now = hub.clock();
  const { agentVersion, capabilities } = beat;
  const facts = { ...cluster.facts, agentVersion: agentVersion || cluster.facts.agentVersion, capabilities };
  const changed = JSON.stringify(facts) !== JSON.stringify(cluster.facts);
  await hub.store.clusters.seen(cluster.id, {
    now,
    ...(beat.reportedAt === undefined ? {} : { skew: beat.reportedAt - now }),
    ...(changed ? { facts } : {}),
  });
}
