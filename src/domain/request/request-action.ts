import { pageRefusal } from '../refusal/page-refusal.ts';
import { Refusal } from '../refusal/refusal.ts';
import type { Request, RequestState } from './request.ts';
import { type Verdict, allow, refuse } from '../refusal/verdict.ts';
import { isoTime } from '../../std/iso-time.ts';

/**
 * Which states allow which action: the one table that the server, the command line and the console read.
 * `void` takes votes back that no longer count; `expire`, `complete`, `fail` and `void` are the hub's own.
 */
export const requestActions = {
  approve: ['pending'],
  reject: ['pending'],
  execute: ['approved', 'failed'],
  cancel: ['pending', 'approved', 'failed'],
  resubmit: ['rejected', 'failed', 'cancelled', 'expired'],
  note: ['pending', 'approved', 'rejected', 'executing', 'completed', 'failed', 'cancelled', 'expired'],
  void: ['pending', 'approved', 'failed'],
  expire: ['pending', 'approved'],
  complete: ['executing'],
  fail: ['executing'],
} as const satisfies Record<string, readonly RequestState[]>;

export type RequestAction = keyof typeof requestActions;

export const stateAllows = (state: RequestState, action: RequestAction): boolean =>
  (requestActions[action] as readonly RequestState[]).includes(state);

const isOverForGood = (state: RequestState, action: RequestAction, isRetryable: boolean): boolean =>
  state === 'failed' && (action === 'execute' || action === 'void') && !isRetryable;

/** Whether anybody at all can do this in that state; `isRetryable` says of a failed one that trying again may help. */
export const stateOffers = (state: RequestState, action: RequestAction, isRetryable = false): boolean =>
  stateAllows(state, action) && !isOverForGood(state, action, isRetryable);

/** What a refusal says without its last part, which says what to do: one such part is enough. */
const withoutAdvice = (message: string): string => message.replace(/; [^;]*$/, '');

/** True once a pending or approved request has outlived its policy's patience, swept or not. */
export const isOverdue = (request: Pick<Request, 'state' | 'expiresAt'>, now: number): boolean =>
  stateAllows(request.state, 'expire') && now >= request.expiresAt;

/** Does the state of the request allow the action? Approving and rejecting answer with the product page's words. */
export function decideState(request: Request, action: RequestAction): Verdict {
  const { state, kind, error } = request;
  if (!stateAllows(state, action)) {
    return action === 'approve' || action === 'reject'
      ? { allowed: false, refusal: pageRefusal('not_pending', kind) }
      : { allowed: false, refusal: new Refusal('state_forbids', { action, kind, state }) };
  }
  if (isOverForGood(state, action, error?.retryable === true)) {
    return refuse('not_retryable', { kind, reason: withoutAdvice(error?.message ?? 'it failed for good') });
  }
  return allow;
}

/** Refuses what comes too late, for actions that move a request on. */
export const decideInTime = (request: Request, now: number): Verdict =>
  isOverdue(request, now)
    ? refuse('request_expired', { kind: request.kind, time: isoTime(request.expiresAt) })
    : allow;
