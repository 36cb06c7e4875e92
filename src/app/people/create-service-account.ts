import { type Actor, type Role, personOf } from '../../domain/people/actor.ts';
import { checkName } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight, demandRoleWithinOwn } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { isDuplicate } from '../../store/database-error.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { createAccount } from './create-account.ts';
import { findAccount } from './find-account.ts';
import { type ServiceAccount, withOwner } from './list-service-accounts.ts';

/** What a program's account is to be. */
export interface ServiceAccountWish {
  readonly name: string;
  readonly role: Role | undefined;
  /** Who answers for it; the actor when left out. Naming somebody else takes the right to manage members. */
  readonly ownerId?: string | undefined;
}

/**
 * Names are unique, whatever their case. The blank keeps this out of the way of every address that could be typed as
 * a login.
 */
export const serviceLogin = (name: string): string =>
  `service account ${name.normalize('NFC').toLowerCase()}`;

/** Something done by the account counts as done by this person, so nobody is made to answer for it by a stranger. */
async function ownerOf(tx: TransactionTables, actor: Actor, wish: ServiceAccountWish): Promise<string> {
  const own = personOf(actor);
  if (wish.ownerId === undefined || wish.ownerId === own) return own;
  demandRight(actor, 'members');
  const owner = await findAccount(tx, 'person', wish.ownerId);
  return personOf(owner);
}

/** Adds an account for a program. Its role is the actor's own at most. Throws `already_exists`. */
export async function createServiceAccount(
  hub: Hub,
  actor: Actor,
  wish: ServiceAccountWish,
): Promise<ServiceAccount> {
  demandRight(actor, 'tokens');
  demandRoleWithinOwn(actor, wish.role);
  demand(checkName('name', wish.name));
  const add = saveChange(hub, async (tx) => {
    const { name, role } = wish;
    const ownerId = await ownerOf(tx, actor, wish);
    const account = { kind: 'service_account', name, login: serviceLogin(name), role, ownerId } as const;
    const details = { kind: 'service_account', name, role: role ?? null, owner: ownerId };
    return withOwner(tx, await createAccount(hub, { tx, actor }, { account, details }));
  });
  return add.catch((error: unknown) => {
    throw isDuplicate(error)
      ? new Refusal('already_exists', { what: `a service account ${wish.name}` })
      : error;
  });
}
