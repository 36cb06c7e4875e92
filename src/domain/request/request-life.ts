import { type Actor, isSame, partyName, partyOf } from '../people/actor.ts';
import { type ReviewOutcome, type Vote, decideVote, outcomeOf, reviewOf } from './review.ts';
import { type RequestAction, decideInTime, decideState, isOverdue } from './request-action.ts';
import type { Request, RequestFailure, RequestState } from './request.ts';
import { decideAll } from '../people/rights.ts';
import { requireText } from '../text-limits.ts';
import { type Verdict, allow, demand, inOrder, refuse } from '../refusal/verdict.ts';
import { type Standing, type UncountedVote, placesOf } from './votes.ts';

/** The most notes that a request keeps. */
export const noteLimit = 200;

const closed: ReadonlySet<RequestState> = new Set(['rejected', 'completed', 'cancelled', 'expired']);

/** The one way into another state: the table must allow the action. Throws the refusal when it does not. */
function move(
  request: Request,
  action: RequestAction,
  now: number,
  parts: Partial<Request> & { readonly state: RequestState },
): Request {
  demand(decideState(request, action));
  const ends = closed.has(parts.state);
  return { ...request, ...parts, updatedAt: now, closedAt: ends ? now : undefined };
}

/** Casts a vote and counts. Throws what forbids it; then nothing is saved. */
export function reviewRequest(
  request: Request,
  actor: Actor,
  vote: Vote,
  standing: Standing,
): { readonly request: Request; readonly outcome: ReviewOutcome } {
  demand(decideVote(request, actor, vote, standing));
  const reviews = [...request.reviews, reviewOf(request, actor, vote, standing.now)];
  const outcome = outcomeOf({ ...request, reviews }, standing);
  const { state } = outcome;
  return { request: move(request, vote.decision, standing.now, { state, reviews }), outcome };
}

/** Approved or failed becomes executing, in a freeze or not. Ask `checkExecution` first: this only knows states. */
export const startExecution = (request: Request, now: number, duringFreeze?: string): Request =>
  move(request, 'execute', now, {
    state: 'executing',
    duringFreeze: duringFreeze ?? request.duringFreeze,
    error: undefined,
    execution: { attempt: (request.execution?.attempt ?? 0) + 1, startedAt: now, planned: undefined },
  });

/** Notes which commit will be tried on which parent; saved before the ref moves, so that recovery can ask Git. */
export function recordPlanned(
  request: Request,
  planned: { readonly commit: string; readonly parent: string },
  now: number,
): Request {
  demand(decideState(request, 'complete'));
  const execution = request.execution ?? { attempt: 1, startedAt: now, planned };
  return { ...request, execution: { ...execution, planned }, updatedAt: now };
}

export const completeRequest = (request: Request, commit: string, now: number): Request =>
  move(request, 'complete', now, { state: 'completed', commit, error: undefined });

export const failRequest = (request: Request, failure: RequestFailure, now: number): Request =>
  move(request, 'fail', now, { state: 'failed', error: failure });

/** Takes back votes that no longer count and the bypass that no longer holds: the request waits again. */
export function reopenRequest(request: Request, uncounted: readonly UncountedVote[], now: number): Request {
  const reasons = new Map(uncounted.map(({ review, reason }) => [review, reason]));
  const reviews = request.reviews.map((review) => {
    const reason = reasons.get(review);
    return reason === undefined ? review : { ...review, voided: { at: now, reason } };
  });
  return move(request, 'void', now, { state: 'pending', reviews, breakGlass: undefined, error: undefined });
}

/** The time is up. Throws while it is not. */
export function expireRequest(request: Request, now: number): Request {
  const { kind, state } = request;
  demand(decideState(request, 'expire'));
  demand(isOverdue(request, now) ? allow : refuse('state_forbids', { kind, state, action: 'expire' }));
  return move(request, 'expire', now, { state: 'expired' });
}

function decideWithdraw(request: Request, actor: Actor): Verdict {
  const places = placesOf(request);
  if (isSame(request.requester, actor)) return decideAll(actor, 'cancel_own', places);
  const any = decideAll(actor, 'cancel_any', places);
  if (any.refusal?.code !== 'role_missing') return any;
  const { kind, requester } = request;
  return refuse('not_yours', { owner: partyName(requester), action: 'cancel', kind });
}

/** May the actor withdraw it? Requesters their own, others with the right to cancel any. */
export const decideCancel = (request: Request, actor: Actor): Verdict =>
  inOrder([() => decideWithdraw(request, actor), () => decideState(request, 'cancel')]);

export function cancelRequest(request: Request, actor: Actor, now: number): Request {
  demand(decideCancel(request, actor));
  return move(request, 'cancel', now, { state: 'cancelled' });
}

/** Is there room for one more note? */
export const noteRoom = ({ notes }: Pick<Request, 'notes'>): Verdict =>
  notes.length < noteLimit ? allow : refuse('notes_full', { limit: noteLimit });

export const decideNote = (request: Request, actor: Actor, text: string | undefined): Verdict =>
  inOrder([
    () => decideAll(actor, 'note', placesOf(request)),
    () => requireText('note', text),
    () => noteRoom(request),
  ]);

/** Adds a note, in any state: incidents are written up afterwards. */
export function noteRequest(request: Request, actor: Actor, text: string, now: number): Request {
  demand(decideNote(request, actor, text));
  const note = { by: partyOf(actor), text, at: now };
  return { ...request, notes: [...request.notes, note], updatedAt: now };
}

/** May the actor press "execute"? The state and the time; `checkExecution` asks the rest. */
export const decideExecute = (request: Request, actor: Actor, now: number): Verdict =>
  inOrder([
    () => decideAll(actor, 'execute', placesOf(request)),
    () => decideState(request, 'execute'),
    () => decideInTime(request, now),
  ]);
