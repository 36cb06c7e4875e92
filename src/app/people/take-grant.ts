import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';

/** Takes a grant back; it counts no more from the next call on. Throws `not_visible`. */
export async function takeGrant(hub: Hub, actor: Actor, id: string): Promise<void> {
  demandRight(actor, 'members');
  await saveChange(hub, async (tx) => {
    const grant = await tx.grants.get(id);
    if (!grant || !(await tx.grants.remove(id))) throw new Refusal('not_visible', { what: 'this grant' });
    const { to, verb, projectId, tenant = null, environment = null } = grant;
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'grant.taken',
      object: { type: 'grant', id },
      projectId,
      details: { to, verb, tenant, environment },
    });
  });
}
