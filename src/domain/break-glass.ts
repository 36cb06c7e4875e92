import type { Party } from './actor.ts';

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
