import { type Account, type Party, personOf } from '../people/actor.ts';
import type { BreakGlassRule } from './policy.ts';
import { type Place, decideAccount, hasGrant } from '../people/rights.ts';
import { type Verdict, inOrder, allow, refuse } from '../refusal/verdict.ts';

/** The verdict of somebody else on how a session was used. */
export interface BreakGlassReview {
  readonly by: Party;
  readonly comment: string;
  readonly at: number;
}

/** A time in which one person may act in one project without waiting for approvals. Times are epoch milliseconds. */
export interface BreakGlassSession {
  readonly id: string;
  readonly projectId: string;
  readonly by: Party;
  readonly justification: string;
  readonly openedAt: number;
  /** The first millisecond in which it no longer counts. */
  readonly expiresAt: number;
  readonly revokedAt: number | undefined;
  readonly revokedBy: Party | undefined;
  /** Requests whose approval it bypassed. */
  readonly requestIds: readonly string[];
  /** Absent while the review is owed. Owed for every session, used or not. */
  readonly review: BreakGlassReview | undefined;
}

const MINUTE = 60_000;

/** When a session stopped or will stop to count. */
export const endOfSession = (session: BreakGlassSession): number =>
  Math.min(session.expiresAt, session.revokedAt ?? Number.POSITIVE_INFINITY);

export const isOpen = (session: BreakGlassSession, now: number): boolean =>
  session.openedAt <= now && now < endOfSession(session);

/** May this account use break-glass under this rule: has the right, and is of a role that the rule names? */
export function decideBreakGlassRole(account: Account, rule: BreakGlassRule, place: Place): Verdict {
  const named = rule.roles.some((role) => role === account.role);
  // A grant of the verb stands for a role, but where the rule names nobody there is no break-glass at all.
  const granted = rule.roles.length > 0 && hasGrant(account, 'break_glass', place);
  return inOrder([
    () => decideAccount(account, 'break_glass', place),
    () => (named || granted ? allow : refuse('break_glass_role', { role: account.role ?? 'a grant' })),
  ]);
}

/**
 * Does a session bypass approvals of this account at this moment? It is bound to its person and project, and counts
 * no longer than the rule of the place allows, however long it was opened for.
 */
export const sessionHolds = (
  session: BreakGlassSession,
  account: Account,
  where: { readonly projectId: string; readonly rule: BreakGlassRule; readonly now: number },
): boolean =>
  session.projectId === where.projectId &&
  session.by.personId === personOf(account) &&
  isOpen(session, where.now) &&
  where.now < session.openedAt + where.rule.minutes * MINUTE;
