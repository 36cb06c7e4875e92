import { type Actor, partyOf } from '../../domain/people/actor.ts';
import type { BreakGlassReview, BreakGlassSession } from '../../domain/policy/break-glass.ts';
import { decideReviewBreakGlass, decideRevokeBreakGlass } from '../../domain/policy/open-break-glass.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { findSession } from './find-session.ts';

const about = ({ id, projectId }: BreakGlassSession) =>
  ({ object: { type: 'break_glass', id }, projectId, flags: ['break_glass'] }) as const;

/** Ends a session before its time; from then on it bypasses nothing. Throws what forbids it. */
export async function revokeBreakGlass(hub: Hub, actor: Actor, id: string): Promise<BreakGlassSession> {
  const revoked = await hub.store.tx(async (tx) => {
    const session = await findSession(tx, actor, id);
    const now = hub.clock();
    demand(decideRevokeBreakGlass(session, actor, now));
    const by = partyOf(actor);
    if (!(await tx.breakGlass.revoke(id, by, now))) throw new Refusal('break_glass_ended', { session: id });
    await recordChange(tx, actor, { ...about(session), at: now, action: 'break_glass.revoked' });
    return { ...session, revokedAt: now, revokedBy: by };
  });
  hub.wake('outbox');
  return revoked;
}

/** Closes the review that a session owes. Throws what forbids it: above all, reviewing one's own. */
export async function reviewBreakGlass(
  hub: Hub,
  actor: Actor,
  input: { readonly id: string; readonly comment: string },
): Promise<BreakGlassSession> {
  const reviewed = await hub.store.tx(async (tx) => {
    const session = await findSession(tx, actor, input.id);
    const now = hub.clock();
    const holder = await tx.accounts.withRights(session.by.accountId);
    demand(decideReviewBreakGlass(session, actor, { comment: input.comment, now, holder }));
    const review: BreakGlassReview = { by: partyOf(actor), comment: input.comment.trim(), at: now };
    if (!(await tx.breakGlass.review(session.id, review)))
      throw new Refusal('break_glass_reviewed', { session: session.id });
    await recordChange(tx, actor, {
      ...about(session),
      at: now,
      action: 'break_glass.reviewed',
      details: { comment: review.comment, requests: session.requestIds },
    });
    return { ...session, review };
  });
  hub.wake('outbox');
  return reviewed;
}
