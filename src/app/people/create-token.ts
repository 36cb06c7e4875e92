import type { Actor } from '../../domain/people/actor.ts';
import { decideHandOut, demandRight, demandRoleWithinOwn } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findAccount } from './find-account.ts';
import { isOwn } from './list-tokens.ts';
import { type NewToken, type TokenWish, makeToken } from './make-token.ts';

/**
 * What a program does counts as done by the person who answers for it. With a token for somebody else's program one
 * could ask in their name and approve in one's own, so that takes the right to manage members.
 */
async function receiver(hub: Hub, actor: Actor, accountId: string | undefined): Promise<string> {
  if (accountId === undefined || accountId === actor.id) return actor.id;
  demandRight(actor, 'tokens');
  const account: StoredAccount = await findAccount(hub.store, 'service_account', accountId);
  if (!isOwn(actor, account)) demandRight(actor, 'members');
  demandRoleWithinOwn(actor, account.role);
  return account.id;
}

/**
 * Makes a token for the actor, or for a service account. A token hands out at most the scopes that it has itself, and
 * lives on in none that it made: what it makes ends when it does.
 */
export async function createToken(
  hub: Hub,
  actor: Actor,
  wish: TokenWish & { readonly accountId?: string | undefined },
): Promise<NewToken & { readonly account: StoredAccount }> {
  demand(decideHandOut(actor, wish.scopes));
  const accountId = await receiver(hub, actor, wish.accountId);
  const { credential } = actor;
  return saveChange(hub, async (tx) => {
    const shown = credential.kind === 'token' ? await tx.tokens.get(credential.id) : undefined;
    const made = await makeToken(hub, tx, actor, { ...wish, accountId, until: shown?.expiresAt });
    const account = await tx.accounts.get(accountId);
    return { ...made, account: account ?? (await findAccount(tx, 'service_account', accountId)) };
  });
}
