import { Refusal } from '../../domain/refusal/refusal.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { type NewSession, openSession } from './open-session.ts';
import { keepProof, provePassword } from './prove-password.ts';
import type { From } from './reserve-attempt.ts';

/** What people type. */
export interface Login {
  readonly email: string;
  readonly password: string;
}

/** Throws `password_sign_in_off` where only identity providers are asked. */
export function refusePasswordWhenOff({ settings }: Pick<Hub, 'settings'>): void {
  if (!settings.signIn.password) throw new Refusal('password_sign_in_off');
}

/** Signs in with a password. Throws `sign_in_failed`, `sign_in_limited`, `account_disabled`, `busy`. */
export async function signIn(
  hub: Hub,
  { email, password }: Login,
  { oldSecret, ...from }: From & { readonly oldSecret: string | undefined },
): Promise<NewSession> {
  refusePasswordWhenOff(hub);
  const proof = await provePassword(hub, email, password, from);
  return saveChange(hub, async (tx) => {
    await keepProof(tx, proof);
    return openSession(hub, tx, {
      accountId: proof.account.id,
      from,
      oldSecret,
      action: 'account.signed_in',
      details: { with: 'password' },
    });
  });
}
