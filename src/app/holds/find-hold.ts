import type { Hold } from '../../domain/hold/hold.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { canSee, decideSomewhere } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Tables } from '../../store/tables.ts';

/** The hold, for whoever may read in its project. Throws `not_visible`. */
export async function findHold(tables: Pick<Tables, 'holds'>, actor: Actor, id: string): Promise<Hold> {
  const hold = await tables.holds.get(id);
  if (!hold || !canSee(actor, hold.projectId)) throw new Refusal('not_visible', { what: 'this hold' });
  demand(decideSomewhere(actor, 'read', hold.projectId));
  return hold;
}
