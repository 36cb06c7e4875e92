import type { Actor, Role } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { checkName, requireEmail } from '../../domain/people/account-text.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { createAccount } from './create-account.ts';

/** Somebody who will sign in with a password. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role | undefined;
  readonly passwordHash: string | undefined;
}

/** Adds a local account. Throws `already_exists` when somebody uses the address, wherever they sign in. */
export async function addPerson(
  hub: Hub,
  tx: TransactionTables,
  actor: Actor,
  { name, role, passwordHash, ...wish }: NewPerson,
): Promise<StoredAccount> {
  const email = requireEmail(wish.email);
  demand(checkName('name', name));
  const taken = await tx.accounts.withEmail(email);
  if (taken.length > 0 || (await tx.accounts.byLogin(email)))
    throw new Refusal('already_exists', { what: `an account for ${email}` });
  const account = { kind: 'person', name, email, login: email, role, passwordHash } as const;
  return createAccount(hub, { tx, actor }, { account, details: { name, email, role: role ?? null } });
}
