import { Refusal } from '../../domain/refusal/refusal.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { type NewToken, type TokenWish, makeToken } from './make-token.ts';
import { keepProof, provePassword } from './prove-password.ts';
import type { From } from './reserve-attempt.ts';
import { type Login, refusePasswordWhenOff } from './sign-in.ts';

/** Signs in with a password for a token, as the command line does. No session is left behind. */
export async function signInForToken(
  hub: Hub,
  { email, password, ...wish }: Login & TokenWish,
  from: From,
): Promise<NewToken & { readonly account: StoredAccount }> {
  refusePasswordWhenOff(hub);
  const proof = await provePassword(hub, email, password, from);
  return saveChange(hub, async (tx) => {
    await keepProof(tx, proof);
    const account = await tx.accounts.withRights(proof.account.id);
    if (account?.disabled !== false) throw new Refusal('account_disabled');
    const credential = {
      kind: 'session',
      id: 'password',
      scopes: undefined,
      authenticatedAt: hub.clock(),
    } as const;
    const made = await makeToken(hub, tx, { ...account, credential }, { ...wish, accountId: account.id });
    return { ...made, account: proof.account };
  });
}
