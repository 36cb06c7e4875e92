import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';

/** Ends one session of the actor. Throws `not_visible` for one that is over, or somebody else's. */
export async function endSession(hub: Hub, actor: Actor, id: string): Promise<void> {
  demandRight(actor, 'own_account');
  const at = hub.clock();
  await saveChange(hub, async (tx) => {
    const own = (await tx.sessions.of(actor.id, at)).some((session) => session.id === id);
    if (!own || !(await tx.sessions.revoke(id, at)))
      throw new Refusal('not_visible', { what: 'this session' });
    await recordChange(tx, actor, { at, action: 'account.signed_out', object: { type: 'session', id } });
  });
}
