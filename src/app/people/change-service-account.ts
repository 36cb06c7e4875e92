import type { Actor, Role } from '../../domain/people/actor.ts';
import { checkName } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight, demandRoleWithinOwn } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import { isDuplicate } from '../../store/database-error.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { serviceLogin } from './create-service-account.ts';
import { findAccount } from './find-account.ts';
import { type ServiceAccount, withOwner } from './list-service-accounts.ts';
import { recordAccountChange } from './record-account-change.ts';

/** What is to be different; what is left out stays. */
export interface ServiceAccountChange {
  readonly name?: string | undefined;
  readonly role?: Role | null | undefined;
  readonly disabled?: boolean | undefined;
}

const changed = (account: StoredAccount, change: ServiceAccountChange, now: number): StoredAccount => ({
  ...account,
  name: change.name ?? account.name,
  login: change.name === undefined ? account.login : serviceLogin(change.name),
  role: change.role === undefined ? account.role : (change.role ?? undefined),
  disabledAt:
    change.disabled === undefined
      ? account.disabledAt
      : change.disabled
        ? (account.disabledAt ?? now)
        : undefined,
});

/** Changes name or role, disables or enables; its tokens stop and go on with it. */
export async function changeServiceAccount(
  hub: Hub,
  actor: Actor,
  { id, change }: { readonly id: string; readonly change: ServiceAccountChange },
): Promise<ServiceAccount> {
  demandRight(actor, 'tokens');
  if (change.name !== undefined) demand(checkName('name', change.name));
  const at = hub.clock();
  const work = saveChange(hub, async (tx) => {
    const before = await findAccount(tx, 'service_account', id);
    // One that may do more than the actor is not theirs to change, not even its name.
    demandRoleWithinOwn(actor, before.role);
    demandRoleWithinOwn(actor, change.role ?? undefined);
    const after = changed(before, change, at);
    await tx.accounts.change(after);
    await recordAccountChange(tx, actor, { before, after, at });
    return withOwner(tx, after);
  });
  return work.catch((error: unknown) => {
    throw isDuplicate(error)
      ? new Refusal('already_exists', { what: `a service account ${change.name ?? ''}` })
      : error;
  });
}
