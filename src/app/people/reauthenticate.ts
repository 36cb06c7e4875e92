import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { loginOf } from './change-password.ts';
import { keepProof, provePassword } from './prove-password.ts';
import type { From } from './reserve-attempt.ts';

/** Proves once more who the actor is. Only a session can be fresh; a token cannot be asked for a password. */
export async function reauthenticate(
  hub: Hub,
  actor: Actor,
  { password, from }: { readonly password: string; readonly from: From },
): Promise<Actor> {
  demandRight(actor, 'own_account');
  const { credential } = actor;
  if (credential.kind !== 'session')
    throw new Refusal('door_closed', { credential: credential.kind, verb: 'sign in again' });
  const proof = await provePassword(hub, await loginOf(hub, actor), password, from);
  return saveChange(hub, async (tx) => {
    await keepProof(tx, proof);
    const at = hub.clock();
    if (!(await tx.sessions.reauthenticated(credential.id, at)))
      throw new Refusal('credential_invalid', { credential: 'session' });
    const again = { ...actor, credential: { ...credential, authenticatedAt: at } };
    await recordChange(tx, again, {
      at,
      action: 'account.signed_in',
      object: { type: 'account', id: actor.id },
      details: { with: 'password', again: true, address: from.address },
    });
    return again;
  });
}
