import { createHash } from 'node:crypto';
import { normalEmail } from '../../domain/people/account-text.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import {
  type SignInLimit,
  networkOf,
  secondsLocked,
  signInLimits,
} from '../../domain/people/sign-in-limit.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';

/** Where somebody is, as the door sees it. */
export interface From {
  readonly address: string;
  readonly userAgent: string | undefined;
}

/** A try to sign in that is counted, and whose counts can be taken back. */
export interface Attempt {
  readonly network: string;
  /** Absent for what names no account, such as a one-time link. */
  readonly account: string | undefined;
}

/** People type passwords into the wrong field: what was typed as a login is not kept in plain. */
const accountSubject = (login: string): string =>
  `account ${createHash('sha256').update(normalEmail(login)).digest('hex')}`;

async function count(
  tx: TransactionTables,
  subject: string,
  limit: SignInLimit,
  now: number,
): Promise<number | undefined> {
  const before = secondsLocked((await tx.signInAttempts.get(subject))?.lockedUntil ?? 0, now);
  if (before !== undefined) return before;
  const { failures } = await tx.signInAttempts.failed(subject, now, now - limit.within);
  if (failures <= limit.failures) return undefined;
  await tx.signInAttempts.lock(subject, now + limit.locked);
  return Math.ceil(limit.locked / 1000);
}

/**
 * Counts a try as failed before it is made, so that neither many at once nor a crash gets free ones. Unknown accounts
 * are counted like known ones. Throws `sign_in_limited`.
 */
export async function reserveAttempt(hub: Hub, from: From, login: string | undefined): Promise<Attempt> {
  const now = hub.clock();
  const attempt = {
    network: `network ${networkOf(from.address)}`,
    account: login === undefined ? undefined : accountSubject(login),
  };
  const seconds = await hub.store.tx(async (tx) => {
    // What is over is dropped here, so that a flood of names leaves nothing behind for long.
    await tx.signInAttempts.forget(now - signInLimits.network.within, now);
    const waits = await count(tx, attempt.network, signInLimits.network, now);
    if (waits !== undefined || attempt.account === undefined) return waits;
    return count(tx, attempt.account, signInLimits.account, now);
  });
  if (seconds !== undefined) throw new Refusal('sign_in_limited', { seconds });
  return attempt;
}

/**
 * The try was right: the account's count ends, the network's loses this one. Others of that network may be guessing,
 * and a success of their own must not free them.
 */
export async function clearAttempt(tx: TransactionTables, attempt: Attempt): Promise<void> {
  await tx.signInAttempts.takeBack(attempt.network);
  if (attempt.account !== undefined) await tx.signInAttempts.succeeded(attempt.account);
}

/** The try was never made. */
export async function dropAttempt(hub: Hub, attempt: Attempt): Promise<void> {
  await hub.store.tx(async (tx) => {
    await tx.signInAttempts.takeBack(attempt.network);
    if (attempt.account !== undefined) await tx.signInAttempts.takeBack(attempt.account);
  });
}
