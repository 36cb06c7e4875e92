import type { Actor } from '../../domain/people/actor.ts';
import type { AuditDraft } from '../../domain/audit/audit-entry.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';

type Optional = 'email' | 'login' | 'ownerId' | 'passwordHash';

/** What an account is to be, and what the log tells of it. */
export interface NewAccount {
  readonly account: Pick<StoredAccount, 'kind' | 'name' | 'role'> & Partial<Pick<StoredAccount, Optional>>;
  readonly details: AuditDraft['details'];
}

/** Adds an account of any kind. What may be is decided before. */
export async function createAccount(
  { newId, clock }: Pick<Hub, 'newId' | 'clock'>,
  { tx, actor }: { readonly tx: TransactionTables; readonly actor: Actor },
  { account: wish, details }: NewAccount,
): Promise<StoredAccount> {
  const at = clock();
  const none = { email: undefined, login: undefined, ownerId: undefined, passwordHash: undefined };
  const life = { id: newId('usr_'), version: 1, createdAt: at, disabledAt: undefined };
  const account: StoredAccount = { ...none, ...wish, ...life };
  await tx.accounts.add(account);
  const object = { type: 'account', id: account.id };
  await recordChange(tx, actor, { at, action: 'account.created', object, details });
  return account;
}
