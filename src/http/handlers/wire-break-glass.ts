import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { BreakGlassSession } from '../../domain/policy/break-glass.ts';
import { isOpen } from '../../domain/policy/break-glass.ts';
import { wireParty } from './wire-person.ts';

type Wire = ResultOf<'getBreakGlass'>;

function stateOf(session: BreakGlassSession, now: number): Wire['state'] {
  if (session.review) return 'reviewed';
  if (session.revokedAt !== undefined) return 'revoked';
  return isOpen(session, now) ? 'open' : 'expired';
}

/** A session as it stands at this moment, in the project of this slug. */
export const wireSession = (session: BreakGlassSession, project: string, now: number): Wire => ({
  id: session.id,
  project,
  by: wireParty(session.by),
  justification: session.justification,
  state: stateOf(session, now),
  openedAt: wireTime(session.openedAt),
  expiresAt: wireTime(session.expiresAt),
  revokedAt: wireTimeOrNull(session.revokedAt),
  revokedBy: session.revokedBy ? wireParty(session.revokedBy) : null,
  requestIds: [...session.requestIds],
  review: session.review
    ? { by: wireParty(session.review.by), comment: session.review.comment, at: wireTime(session.review.at) }
    : null,
});
