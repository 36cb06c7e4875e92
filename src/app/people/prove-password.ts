import { checkEmail, normalEmail } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { type Attempt, type From, clearAttempt, dropAttempt, reserveAttempt } from './reserve-attempt.ts';

/** Somebody knew the password of this account. */
export interface PasswordProof {
  readonly account: StoredAccount;
  readonly attempt: Attempt;
}

async function accountOf(hub: Hub, login: string): Promise<StoredAccount | undefined> {
  const email = normalEmail(login);
  return checkEmail(email).allowed ? hub.store.accounts.byLogin(email) : undefined;
}

async function recordFailure(hub: Hub, account: StoredAccount | undefined, from: From): Promise<void> {
  await saveChange(hub, (tx) =>
    recordChange(tx, systemActor, {
      at: hub.clock(),
      action: 'account.sign_in_failed',
      object: { type: 'account', id: account?.id ?? 'unknown' },
      details: { address: from.address },
    }),
  );
}

/**
 * Throws `sign_in_failed` alike, and after the same time, for a wrong password, an unknown account and one without a
 * password; `sign_in_limited` after too many tries; `account_disabled` only to whoever knows the password.
 */
export async function provePassword(
  hub: Hub,
  login: string,
  password: string,
  from: From,
): Promise<PasswordProof> {
  const attempt = await reserveAttempt(hub, from, login);
  const account = await accountOf(hub, login);
  let right: boolean;
  try {
    right = await hub.passwords.verify(password, account?.passwordHash);
  } catch (error) {
    if (error instanceof Refusal) await dropAttempt(hub, attempt);
    throw error;
  }
  if (account === undefined || !right) {
    await recordFailure(hub, account, from);
    throw new Refusal('sign_in_failed');
  }
  const standing = await hub.store.accounts.withRights(account.id);
  if (standing?.disabled !== false) throw new Refusal('account_disabled');
  return { account, attempt };
}

/**
 * In the transaction of whatever follows from the proof: ends the count, and makes sure that the password is still
 * this one, for it may have been changed while it was being verified.
 */
export async function keepProof(tx: TransactionTables, { account, attempt }: PasswordProof): Promise<void> {
  const now = await tx.accounts.get(account.id);
  if (now?.passwordHash !== account.passwordHash || now?.disabledAt !== undefined)
    throw new Refusal('sign_in_failed');
  await clearAttempt(tx, attempt);
}
