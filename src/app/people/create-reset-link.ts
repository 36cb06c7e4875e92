import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findAccount } from './find-account.ts';
import { type OneTimeLink, makePasswordLink } from './one-time-link.ts';
import { keepAnOwner } from './keep-an-owner.ts';

/**
 * A link with which a person sets a new password. The old password and every session end at once: that is what a
 * reset is for. Throws `last_owner`, for nobody could help an owner who lost the link.
 */
export async function createResetLink(hub: Hub, actor: Actor, id: string): Promise<OneTimeLink> {
  demandRight(actor, 'members');
  return saveChange(hub, async (tx) => {
    const account = await findAccount(tx, 'person', id);
    if (account.login === undefined)
      throw new Refusal('input_invalid', { reason: 'this person has no password; they sign in elsewhere' });
    const at = hub.clock();
    const life = account.passwordHash === undefined ? 'invitation' : 'reset';
    await keepAnOwner(tx, account.name, async () => {
      await tx.accounts.change({ ...account, passwordHash: undefined });
    });
    await tx.sessions.revokeAll(id, at);
    await recordChange(tx, actor, {
      at,
      action: 'account.password_reset',
      object: { type: 'account', id },
      details: { link: true },
    });
    return makePasswordLink(hub, tx, id, life);
  });
}
