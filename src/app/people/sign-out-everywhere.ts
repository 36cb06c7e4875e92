import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';

/** Ends every session of the actor, this one too. Tokens stay. */
export async function signOutEverywhere(hub: Hub, actor: Actor): Promise<void> {
  demandRight(actor, 'own_account');
  const at = hub.clock();
  await saveChange(hub, async (tx) => {
    await tx.sessions.revokeAll(actor.id, at);
    await recordChange(tx, actor, {
      at,
      action: 'account.signed_out',
      object: { type: 'account', id: actor.id },
      details: { everywhere: true },
    });
  });
}
