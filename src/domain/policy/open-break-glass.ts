import { type Account, type Actor, isSame, partyOf, personOf } from '../people/actor.ts';
import { type BreakGlassSession, decideBreakGlassRole, endOfSession, isOpen } from './break-glass.ts';
import { policyLimits } from './check-policy.ts';
import type { BreakGlassRule } from './policy.ts';
import { decide } from '../people/rights.ts';
import { isoTime } from '../../std/iso-time.ts';
import { requireText } from '../text-limits.ts';
import { type Verdict, allow, demand, inOrder, refuse } from '../refusal/verdict.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long ago the person must have proved who they are, at most. */
export const reauthenticationMinutes = 5;
/** A session opened this soon after the last one is its renewal, and takes a second person. */
export const renewalGapMinutes = 60;
/** So many sessions of one person within 30 days are routine, and raise an alert. */
export const routineSessions = 4;

export interface OpenBreakGlass {
  readonly projectId: string;
  readonly justification: string;
  readonly minutes: number;
  /** The rules of the project's environments. */
  readonly rules: readonly BreakGlassRule[];
  /** All earlier sessions of this person, in any project. */
  readonly earlier: readonly BreakGlassSession[];
  readonly now: number;
}

const placeOf = ({ projectId }: OpenBreakGlass) => ({ projectId });

/** The rules under which this actor could use a session; without one there is no point in opening it. */
const usableRules = (actor: Actor, wish: OpenBreakGlass): readonly BreakGlassRule[] =>
  wish.rules.filter((rule) => decideBreakGlassRole(actor, rule, placeOf(wish)).allowed);

function decideRole(actor: Actor, wish: OpenBreakGlass): Verdict {
  const right = decide(actor, 'break_glass', placeOf(wish));
  if (!right.allowed || usableRules(actor, wish).length > 0) return right;
  return refuse('break_glass_role', { role: actor.role ?? 'a grant' });
}

function decideFresh({ credential }: Actor, now: number): Verdict {
  const age = now - (credential.authenticatedAt ?? Number.NEGATIVE_INFINITY);
  return age >= 0 && age <= reauthenticationMinutes * MINUTE
    ? allow
    : refuse('reauthentication_required', { minutes: reauthenticationMinutes });
}

function decideLength(actor: Actor, wish: OpenBreakGlass): Verdict {
  const ruled = Math.max(...usableRules(actor, wish).map(({ minutes }) => minutes));
  const limit = Math.min(ruled, policyLimits.breakGlassMinutes.most);
  return Number.isInteger(wish.minutes) && wish.minutes >= 1 && wish.minutes <= limit
    ? allow
    : refuse('break_glass_minutes', { limit });
}

/** What earlier sessions of the same person forbid: one still open, a renewal, or a review owed for too long. */
function decideEarlier({ earlier, projectId, rules, now }: OpenBreakGlass): Verdict {
  const here = earlier.filter((session) => session.projectId === projectId);
  const open = here.find((session) => isOpen(session, now));
  if (open) return refuse('break_glass_open', { session: open.id, time: isoTime(endOfSession(open)) });
  const owed = earlier.filter(({ review }) => !review);
  const reviewDays = Math.min(...rules.map((rule) => rule.reviewDays));
  const overdue = owed.find((session) => now - endOfSession(session) > reviewDays * DAY);
  if (overdue) {
    return refuse('break_glass_debt', { session: overdue.id, time: isoTime(endOfSession(overdue)) });
  }
  const recent = owed.find(
    (session) => session.projectId === projectId && now - endOfSession(session) < renewalGapMinutes * MINUTE,
  );
  if (!recent) return allow;
  const minutes = Math.floor((now - endOfSession(recent)) / MINUTE);
  return refuse('break_glass_renewal', { session: recent.id, minutes });
}

/** May the actor open this session now? Asked in this order: right and role, input, proof of identity, earlier ones. */
export const decideOpenBreakGlass = (actor: Actor, wish: OpenBreakGlass): Verdict =>
  inOrder([
    () => decideRole(actor, wish),
    () => requireText('justification', wish.justification),
    () => decideLength(actor, wish),
    () => decideFresh(actor, wish.now),
    () => decideEarlier(wish),
  ]);

/** The session that is opened; throws the refusal when it may not be. */
export function openBreakGlass(actor: Actor, id: string, wish: OpenBreakGlass): BreakGlassSession {
  demand(decideOpenBreakGlass(actor, wish));
  return {
    id,
    projectId: wish.projectId,
    by: partyOf(actor),
    justification: wish.justification.trim(),
    openedAt: wish.now,
    expiresAt: wish.now + wish.minutes * MINUTE,
    revokedAt: undefined,
    revokedBy: undefined,
    requestIds: [],
    review: undefined,
  };
}

/** May the actor end this session before its time? Its own holder always, others with the right to review. */
export function decideRevokeBreakGlass(session: BreakGlassSession, actor: Actor, now: number): Verdict {
  const own = isSame(session.by, actor);
  return inOrder([
    () => decide(actor, own ? 'break_glass_end' : 'break_glass_review', { projectId: session.projectId }),
    () => (isOpen(session, now) ? allow : refuse('break_glass_ended', { session: session.id })),
  ]);
}

/** Its holder may have been linked to the actor since. */
const isOwn = ({ by }: BreakGlassSession, actor: Actor, holder: Account | undefined): boolean =>
  isSame(by, actor) || (holder !== undefined && personOf(holder) === personOf(actor));

/**
 * May the actor close the review of this session? Only somebody else, once it has ended, and once. `holder` is the
 * account that opened it, as it is now.
 */
export const decideReviewBreakGlass = (
  session: BreakGlassSession,
  actor: Actor,
  input: { readonly comment: string; readonly now: number; readonly holder: Account | undefined },
): Verdict =>
  inOrder([
    () => decide(actor, 'break_glass_review', { projectId: session.projectId }),
    () => requireText('comment', input.comment),
    () => (isOwn(session, actor, input.holder) ? refuse('break_glass_own_review') : allow),
    () => (isOpen(session, input.now) ? refuse('break_glass_still_open', { session: session.id }) : allow),
    () => (session.review ? refuse('break_glass_reviewed', { session: session.id }) : allow),
  ]);

/** True when opening one more would make, or has made, break-glass a routine of this person. */
export const isRoutine = (sessions: readonly BreakGlassSession[], now: number): boolean =>
  sessions.filter(({ openedAt }) => now - openedAt <= 30 * DAY).length >= routineSessions;
