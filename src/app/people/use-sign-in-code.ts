import { Refusal } from '../../domain/refusal/refusal.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { type NewToken, type TokenWish, makeToken } from './make-token.ts';
import { type From, clearAttempt, reserveAttempt } from './reserve-attempt.ts';
import { takeSignInCode } from './sign-in-code.ts';

/** What a command line got from the browser, and what it kept to itself until now. */
export interface SignInCode {
  readonly code: string;
  readonly verifier: string;
}

/**
 * Gives a token for the code with which an identity provider's sign-in ended. Throws `credential_invalid`,
 * `account_disabled`, `sign_in_limited`.
 */
export async function useSignInCode(
  hub: Hub,
  { code, verifier, ...wish }: SignInCode & TokenWish,
  from: From,
): Promise<NewToken & { readonly account: StoredAccount }> {
  const attempt = await reserveAttempt(hub, from, undefined);
  return saveChange(hub, async (tx) => {
    const now = hub.clock();
    const taken = await takeSignInCode(tx, { code, verifier, now });
    const account = taken && (await tx.accounts.get(taken.accountId));
    if (!taken || !account) throw new Refusal('credential_invalid', { credential: 'code' });
    const rights = await tx.accounts.withRights(account.id);
    if (rights?.disabled !== false) throw new Refusal('account_disabled');
    await clearAttempt(tx, attempt);
    const { provider: id } = taken;
    // When the provider saw the person last is not known here, and a code proves nobody anew.
    const credential = { kind: 'session', id, scopes: undefined, authenticatedAt: undefined } as const;
    const made = await makeToken(hub, tx, { ...rights, credential }, { ...wish, accountId: account.id });
    return { ...made, account };
  });
}
