import { type Account, type Actor, partyOf, personOf } from '../people/actor.ts';
import { decideFeatures, freezeFor } from './approval.ts';
import { pageRefusal } from '../refusal/page-refusal.ts';
import { isEligible } from '../policy/policy.ts';
import { decideInTime, decideState } from './request-action.ts';
import type { Decision, Request, RequestState, Review } from './request.ts';
import { decideAccount, decideAll } from '../people/rights.ts';
import { isoTime } from '../../std/iso-time.ts';
import { limitText } from '../text-limits.ts';
import { type Verdict, allow, inOrder, refuse } from '../refusal/verdict.ts';
import {
  type Standing,
  changerWait,
  countVotes,
  effectivePolicy,
  isAuthor,
  personNow,
  placesOf,
} from './votes.ts';

/** A vote as it is handed in. */
export interface Vote {
  readonly decision: Decision;
  /** The plan that the person looked at; required to approve. */
  readonly digest: string | undefined;
  readonly comment: string | undefined;
}

const environmentsOf = (request: Pick<Request, 'scope'>): string =>
  [...new Set(request.scope.where.map(({ environment }) => environment))].join(', ');

/** A request that is pending or about to be, as far as it decides whose approval counts. */
export type Approvable = Pick<Request, 'kind' | 'projectId' | 'scope' | 'policy' | 'authors' | 'reviews'> & {
  readonly plan: Pick<Request['plan'], 'hazards'>;
};

function decideVoter(request: Approvable, voter: Account, decision: Decision, standing: Standing): Verdict {
  const policy = effectivePolicy(request, standing);
  const person = personOf(voter);
  if (!policy.selfApproval && isAuthor(request, person, standing)) {
    return { allowed: false, refusal: pageRefusal('own_request', request.kind) };
  }
  if (!isEligible(policy, person, voter.groups)) {
    return refuse('not_eligible', { environment: environmentsOf(request) });
  }
  const wait = changerWait(policy, person, standing, standing.now);
  // Rejecting is always safe, whoever changed the policy.
  return wait && decision === 'approve'
    ? refuse('policy_changer', { environment: wait.environment, time: isoTime(wait.until) })
    : allow;
}

const hasReviewed = (request: Approvable, voter: Account, standing: Standing): boolean =>
  request.reviews.some(({ by, voided }) => !voided && personNow(by.accountId, standing) === personOf(voter));

/** True when an approval of this account would count, whichever credential it shows: what `decideVote` asks of the person. */
export const mayApprove = (request: Approvable, account: Account, standing: Standing): boolean =>
  inOrder([
    ...placesOf(request).map((place) => () => decideAccount(account, 'approve', place)),
    () => decideVoter(request, account, 'approve', standing),
  ]).allowed && !hasReviewed(request, account, standing);

/**
 * May this vote be cast? Asked in the documented order: right and plan, missing input, own request, eligibility, not
 * pending, already reviewed, stale digest. The first No answers, and no vote is saved.
 */
export const decideVote = (request: Request, actor: Actor, vote: Vote, standing: Standing): Verdict =>
  inOrder([
    () => decideAll(actor, 'approve', placesOf(request)),
    () => decideFeatures(request.kind, request.scope, effectivePolicy(request, standing).approvals, standing),
    () => (vote.decision === 'approve' && !vote.digest ? refuse('digest_required') : allow),
    () => limitText('comment', vote.comment ?? ''),
    () => decideVoter(request, actor, vote.decision, standing),
    () => decideState(request, vote.decision),
    () => decideInTime(request, standing.now),
    () =>
      hasReviewed(request, actor, standing)
        ? { allowed: false, refusal: pageRefusal('already_reviewed', request.kind) }
        : allow,
    () => (vote.digest && vote.digest !== request.digest ? refuse('digest_stale') : allow),
  ]);

/** The review that a vote becomes. */
export const reviewOf = (request: Request, actor: Actor, vote: Vote, now: number): Review => ({
  by: partyOf(actor),
  decision: vote.decision,
  comment: vote.comment,
  digest: vote.digest ?? request.digest,
  at: now,
  voided: undefined,
});

/** What becomes of a request with its newest review in it. */
export interface ReviewOutcome {
  readonly state: Extract<RequestState, 'pending' | 'approved' | 'rejected'>;
  /** To be carried out in the same step. */
  readonly executesNow: boolean;
  readonly counted: number;
  readonly needed: number;
  /** The freeze window that holds now, whether it waits for its end or not. */
  readonly duringFreeze: string | undefined;
}

/** Rejected by one No; approved when enough approvals hold; else still pending. */
export function outcomeOf(request: Request, standing: Standing): ReviewOutcome {
  const { policy, counted, needed, met } = countVotes(request, standing);
  const rejected = request.reviews.some(({ decision, voided }) => decision === 'reject' && !voided);
  const state = rejected ? 'rejected' : met ? 'approved' : 'pending';
  const { active, waits } = freezeFor(request.kind, policy, standing.now);
  const executesNow = state === 'approved' && policy.execution === 'automatic' && !waits;
  return { state, executesNow, counted: counted.length, needed, duringFreeze: active?.window.name };
}
