import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { findAccount } from './find-account.ts';
import { type Member, membersOf } from './list-members.ts';

/** One account with what stands elsewhere about it. */
export async function memberOf(
  tables: Pick<Tables, 'accounts' | 'accountFacts'>,
  account: StoredAccount,
): Promise<Member> {
  const [member] = await membersOf(tables, [account]);
  invariant(member, 'one account gives one member');
  return member;
}

/** One person. Throws `not_visible`. */
export async function getMember(hub: Hub, actor: Actor, id: string): Promise<Member> {
  demandRight(actor, 'read');
  return memberOf(hub.store, await findAccount(hub.store, 'person', id));
}
