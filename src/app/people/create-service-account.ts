import { type Actor, type Role, personOf } from '../../domain/actor.ts';
import { checkName } from '../../domain/account-text.ts';
import { Refusal } from '../../domain/refusal.ts';
import { demandRight, demandRoleWithinOwn } from '../../domain/rights.ts';
import { demand } from '../../domain/verdict.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { isDuplicate } from '../../store/database-error.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
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
  const at = hub.clock();
  const add = saveChange(hub, async (tx) => {
    const account: StoredAccount = {
      id: hub.newId('usr_'),
      kind: 'service_account',
      name: wish.name,
      email: undefined,
      login: serviceLogin(wish.name),
      role: wish.role,
      ownerId: await ownerOf(tx, actor, wish),
      passwordHash: undefined,
      version: 1,
      createdAt: at,
      disabledAt: undefined,
    };
    await tx.accounts.add(account);
    await recordChange(tx, actor, {
      at,
      action: 'account.created',
      object: { type: 'account', id: account.id },
      details: {
        kind: 'service_account',
        name: wish.name,
        role: wish.role ?? null,
        owner: account.ownerId ?? null,
      },
    });
    return withOwner(tx, account);
  });
  return add.catch((error: unknown) => {
    throw isDuplicate(error)
      ? new Refusal('already_exists', { what: `a service account ${wish.name}` })
      : error;
  });
}
