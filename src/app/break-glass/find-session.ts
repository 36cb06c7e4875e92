import type { Actor } from '../../domain/people/actor.ts';
import type { BreakGlassSession } from '../../domain/policy/break-glass.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { canSee, decideSomewhere } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Tables } from '../../store/tables.ts';

/** The session, for whoever may read in its project. Throws `not_visible`. */
export async function findSession(
  tables: Pick<Tables, 'breakGlass'>,
  actor: Actor,
  id: string,
): Promise<BreakGlassSession> {
  const session = await tables.breakGlass.get(id);
  if (!session || !canSee(actor, session.projectId))
    throw new Refusal('not_visible', { what: 'this break-glass session' });
  demand(decideSomewhere(actor, 'read', session.projectId));
  return session;
}
