import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { type Page, type PageWish, pageOf } from './page-of.ts';

/** The account of a program, and who answers for it. */
export interface ServiceAccount {
  readonly account: StoredAccount;
  readonly owner: StoredAccount;
}

/** Adds the person who answers for it. */
export async function withOwner(
  tables: Pick<Tables, 'accounts'>,
  account: StoredAccount,
): Promise<ServiceAccount> {
  const owner = await tables.accounts.get(account.ownerId ?? '');
  invariant(owner, 'a service account has a person who answers for it');
  return { account, owner };
}

/** The accounts of programs, oldest first. */
export async function listServiceAccounts(
  hub: Hub,
  actor: Actor,
  wish: PageWish,
): Promise<Page<ServiceAccount>> {
  demandRight(actor, 'tokens');
  const { items, next } = await pageOf(wish, (after, limit) =>
    hub.store.accounts.list({ kind: 'service_account', after, limit }),
  );
  return { items: await Promise.all(items.map((account) => withOwner(hub.store, account))), next };
}
