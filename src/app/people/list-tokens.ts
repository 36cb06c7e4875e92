import { type Actor, personOf } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { Tables } from '../../store/tables.ts';
import type { Token } from '../../store/tokens.ts';
import type { Hub } from '../hub.ts';
import { type Page, type PageWish, pageOf } from './page-of.ts';

/** A token in a list, never with its secret. */
export interface ListedToken {
  readonly token: Token;
  readonly account: StoredAccount;
}

/** Adds the account. */
export async function withAccount(tables: Pick<Tables, 'accounts'>, token: Token): Promise<ListedToken> {
  const account = await tables.accounts.get(token.accountId);
  invariant(account, 'a token belongs to an account');
  return { token, account };
}

/** The actor's own account, and those of programs that the actor answers for. A program answers for none. */
export const isOwn = (actor: Actor, { id, kind, ownerId }: StoredAccount): boolean =>
  id === actor.id || (actor.kind === 'person' && kind === 'service_account' && ownerId === personOf(actor));

async function whose(
  hub: Hub,
  actor: Actor,
  wish: { readonly account?: string | undefined; readonly everybody?: boolean | undefined },
): Promise<string | undefined> {
  if (wish.account === undefined && wish.everybody !== true) return actor.id;
  const account = wish.account === undefined ? undefined : await hub.store.accounts.get(wish.account);
  if (account && isOwn(actor, account)) return account.id;
  // Asked before it is said whether there is such an account.
  demandRight(actor, 'tokens');
  if (wish.account !== undefined && !account) throw new Refusal('not_visible', { what: 'this account' });
  return account?.id;
}

/** The actor's tokens, or with the right to manage tokens those of somebody or everybody; newest first. */
export async function listTokens(
  hub: Hub,
  actor: Actor,
  wish: PageWish & { readonly account?: string | undefined; readonly everybody?: boolean | undefined },
): Promise<Page<ListedToken>> {
  demandRight(actor, 'own_account');
  const accountId = await whose(hub, actor, wish);
  const { items, next } = await pageOf(wish, (before, limit) =>
    hub.store.tokens.list({ accountId, before, limit }),
  );
  return { items: await Promise.all(items.map((token) => withAccount(hub.store, token))), next };
}
