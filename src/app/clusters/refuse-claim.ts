import { Refusal } from '../../domain/refusal/refusal.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import type { Agent } from './agent.ts';

/** What an agent claims to be, as far as it is written down. */
const shown = (claimed: string): string => claimed.slice(0, 100);

/**
 * An agent that reports for another cluster is refused, and that is written down: it is a mistake in its set-up, or an
 * attack. Throws `report_foreign` unless it claims its own cluster, or none.
 */
export async function refuseForeignClaim(hub: Hub, agent: Agent, claimed: string): Promise<void> {
  const { cluster, actor } = agent;
  if (claimed === '' || claimed === cluster.id) return;
  await saveChange(hub, (tx) =>
    recordChange(tx, actor, {
      at: hub.clock(),
      action: 'cluster.report_refused',
      object: { type: 'cluster', id: cluster.id },
      details: { name: cluster.name, claimed: shown(claimed) },
    }),
  );
  throw new Refusal('report_foreign', { own: cluster.id, claimed: shown(claimed) });
}
