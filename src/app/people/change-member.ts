import type { Actor, Role } from '../../domain/people/actor.ts';
import { checkName } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findAccount } from './find-account.ts';
import { memberOf } from './get-member.ts';
import { keepAnOwner } from './keep-an-owner.ts';
import type { Member } from './list-members.ts';
import { recordAccountChange } from './record-account-change.ts';

/** What is to be different; what is left out stays. A `null` takes the value away. */
export interface MemberChange {
  readonly name?: string | undefined;
  readonly role?: Role | null | undefined;
  readonly disabled?: boolean | undefined;
  /** The person whom this account is to count as, in votes and wherever "your own" is asked. */
  readonly linkedTo?: string | null | undefined;
}

/** Links go one step: to a person who is not linked further. What the account answers for moves along. */
async function linkTo(tx: TransactionTables, account: StoredAccount, to: string): Promise<void> {
  const target = await findAccount(tx, 'person', to);
  if (target.id === account.id || target.ownerId !== undefined)
    throw new Refusal('input_invalid', { reason: `linkedTo: ${target.name} is a second account itself` });
  await tx.accounts.moveOwned(account.id, target.id);
}

const changed = (account: StoredAccount, change: MemberChange, now: number): StoredAccount => ({
  ...account,
  name: change.name ?? account.name,
  role: change.role === undefined ? account.role : (change.role ?? undefined),
  disabledAt:
    change.disabled === undefined
      ? account.disabledAt
      : change.disabled
        ? (account.disabledAt ?? now)
        : undefined,
  ownerId: change.linkedTo === undefined ? account.ownerId : (change.linkedTo ?? undefined),
});

/**
 * Changes name or role, disables or enables, or links a second account to its person. Rights count from the next call
 * on; a disabled person's sessions end. Throws `last_owner`.
 */
export async function changeMember(
  hub: Hub,
  actor: Actor,
  { id, change }: { readonly id: string; readonly change: MemberChange },
): Promise<Member> {
  demandRight(actor, 'members');
  if (change.name !== undefined) demand(checkName('name', change.name));
  return saveChange(hub, async (tx) => {
    const now = hub.clock();
    const before = await findAccount(tx, 'person', id);
    if (typeof change.linkedTo === 'string') await linkTo(tx, before, change.linkedTo);
    const after = changed(before, change, now);
    await keepAnOwner(tx, before.name, async () => {
      await tx.accounts.change(after);
    });
    if (after.disabledAt !== undefined) await tx.sessions.revokeAll(id, now);
    await recordAccountChange(tx, actor, { before, after, at: now });
    return memberOf(tx, await findAccount(tx, 'person', id));
  });
}
