import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { AccountFacts } from '../../store/account-facts.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { type Page, type PageWish, pageOf } from './page-of.ts';

/** A person as lists show them. */
export interface Member {
  readonly account: StoredAccount;
  readonly facts: AccountFacts;
  /** The person whom this second account counts as. */
  readonly linkedTo: StoredAccount | undefined;
}

const nothing: AccountFacts = { groups: [], issuers: [], lastSeenAt: undefined };

/** Adds to accounts what stands elsewhere. */
export async function membersOf(
  tables: Pick<Tables, 'accounts' | 'accountFacts'>,
  accounts: readonly StoredAccount[],
): Promise<readonly Member[]> {
  const facts = await tables.accountFacts.of(accounts.map(({ id }) => id));
  return Promise.all(
    accounts.map(async (account) => ({
      account,
      facts: facts.get(account.id) ?? nothing,
      linkedTo: account.ownerId === undefined ? undefined : await tables.accounts.get(account.ownerId),
    })),
  );
}

/** Everybody who has an account, oldest first. */
export async function listMembers(hub: Hub, actor: Actor, wish: PageWish): Promise<Page<Member>> {
  demandRight(actor, 'read');
  const { items, next } = await pageOf(wish, (after, limit) =>
    hub.store.accounts.list({ kind: 'person', after, limit }),
  );
  return { items: await membersOf(hub.store, items), next };
}
