import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { type Change, recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import type { From } from './reserve-attempt.ts';
import { hashSecret, newSecret } from './secret.ts';

const HOUR = 3_600_000;
const IDLE = 24 * HOUR;
const LONGEST = 7 * 24 * HOUR;

/** Until when a session counts that is used now: a day from then, a week from its start at most. */
export const sessionEnd = (createdAt: number, now: number): number =>
  Math.min(now + IDLE, createdAt + LONGEST);

/** A new session: `secret` goes into the browser's cookie and is kept nowhere. */
export interface NewSession {
  readonly actor: Actor;
  readonly secret: string;
  readonly expiresAt: number;
}

export interface SessionWish {
  readonly accountId: string;
  readonly from: From;
  /** Of the session that the browser still had; it ends, so that nobody who planted it comes in with it. */
  readonly oldSecret: string | undefined;
  /** When the person proved who they are; now unless said otherwise. */
  readonly authenticatedAt?: number | undefined;
  readonly action: Extract<Change['action'], 'account.signed_in' | 'account.password_reset'>;
  readonly details?: Change['details'];
}

/** What people see in their list of sessions. Kept short: whoever asks chooses the text. */
const clientOf = ({ address, userAgent }: From): string =>
  JSON.stringify({ address, userAgent: userAgent?.slice(0, 300) ?? null });

/** Signs an account in, in the transaction of what proved it. Throws `account_disabled`, whose facts name it. */
export async function openSession(hub: Hub, tx: TransactionTables, wish: SessionWish): Promise<NewSession> {
  const now = hub.clock();
  const { accountId, from, authenticatedAt = now } = wish;
  const account = await tx.accounts.withRights(accountId);
  if (account?.disabled !== false) throw new Refusal('account_disabled', { account: accountId });
  if (wish.oldSecret !== undefined) {
    const old = await tx.sessions.byHash(hashSecret(wish.oldSecret), now);
    if (old) await tx.sessions.revoke(old.id, now);
  }
  const id = hub.newId('ses_');
  const { secret, hash } = newSecret('kgs_');
  const expiresAt = sessionEnd(now, now);
  const client = clientOf(from);
  await tx.sessions.add({
    id,
    hash,
    accountId,
    client,
    createdAt: now,
    authenticatedAt,
    seenAt: now,
    expiresAt,
  });
  await tx.sessions.forget(now - LONGEST);
  const actor: Actor = {
    ...account,
    credential: { kind: 'session', id, scopes: undefined, authenticatedAt },
  };
  await recordChange(tx, actor, {
    at: now,
    action: wish.action,
    object: { type: 'account', id: accountId },
    details: { ...wish.details, address: from.address },
  });
  return { actor, secret, expiresAt };
}
