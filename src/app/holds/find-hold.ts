import type { Hold } from '../../domain/hold/hold.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { demandSight } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Tables } from '../../store/tables.ts';

const what = 'this hold';

/** The hold, for whoever may read in its tenant-environment. Throws `not_visible`. */
export async function findHold(tables: Pick<Tables, 'holds'>, actor: Actor, id: string): Promise<Hold> {
  const hold = await tables.holds.get(id);
  if (!hold) throw new Refusal('not_visible', { what });
  const { projectId, tenant, environment } = hold;
  demandSight(actor, [{ projectId, tenant, environment }], what);
  return hold;
}
