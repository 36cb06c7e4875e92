import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { keepProof, provePassword } from './prove-password.ts';
import type { From } from './reserve-attempt.ts';

/** The login of the actor. Throws `input_invalid` for whoever signs in elsewhere and has no password. */
export async function loginOf(hub: Hub, actor: Actor): Promise<string> {
  const login = (await hub.store.accounts.get(actor.id))?.login;
  if (actor.kind === 'person' && login !== undefined) return login;
  throw new Refusal('input_invalid', { reason: 'this account has no password' });
}

/** Sets a new password for the actor. Every other session ends, and so do links that would set one. */
export async function changePassword(
  hub: Hub,
  actor: Actor,
  { current, next, from }: { readonly current: string; readonly next: string; readonly from: From },
): Promise<void> {
  demandRight(actor, 'own_account');
  const proof = await provePassword(hub, await loginOf(hub, actor), current, from);
  const passwordHash = await hub.passwords.hash(next);
  await saveChange(hub, async (tx) => {
    await keepProof(tx, proof);
    const at = hub.clock();
    const account = await tx.accounts.get(actor.id);
    if (!account || !(await tx.accounts.change({ ...account, passwordHash })))
      throw new Refusal('changed_meanwhile', { what: 'this account' });
    await tx.sessions.revokeAll(actor.id, at, actor.credential.id);
    await tx.oneTimeLinks.endAll(actor.id, 'password', at);
    const object = { type: 'account', id: actor.id };
    await recordChange(tx, actor, { at, action: 'account.password_changed', object });
  });
}
