import { describe, expect, test } from 'vitest';
import {
  decideInTime,
  decideState,
  isOverdue,
  requestActions,
  stateAllows,
  stateOffers,
} from './request-action.ts';
import { NOON, HOUR, requestOf } from './request.test-kit.ts';
import { requestStates } from './request.ts';

// By hand: which actions each state allows.
const golden = {
  pending: ['approve', 'reject', 'cancel', 'note', 'void', 'expire'],
  approved: ['execute', 'cancel', 'note', 'void', 'expire'],
  rejected: ['resubmit', 'note'],
  executing: ['note', 'complete', 'fail'],
  completed: ['note'],
  failed: ['execute', 'cancel', 'resubmit', 'note', 'void'],
  cancelled: ['resubmit', 'note'],
  expired: ['resubmit', 'note'],
} as const;

const actions = Object.keys(requestActions) as (keyof typeof requestActions)[];
const retryable = {
  code: 'git_failed',
  message: 'git push failed',
  retryable: true,
  paths: [],
  at: 0,
} as const;

describe.each(requestStates)('%s', (state) => {
  test('allows exactly these actions', () => {
    expect(actions.filter((action) => stateAllows(state, action)).toSorted()).toEqual(
      golden[state].toSorted(),
    );
  });

  test.each(actions)('%s: the answer and its words', (action) => {
    const verdict = decideState(requestOf({ state, error: retryable }), action);
    const allowed = golden[state].some((name) => name === action);
    const words =
      action === 'approve' || action === 'reject'
        ? 'rollback request is not pending approval'
        : `cannot ${action} a rollback request that is ${state}`;
    expect(verdict.refusal?.message).toBe(allowed ? undefined : words);
    expect(verdict.refusal?.kind).toBe(allowed ? undefined : 'wrong_state');
  });
});

test('a failure for good is not executed again, but may be cancelled or resubmitted', () => {
  const error = { ...retryable, message: 'service.yaml changed', retryable: false };
  const failed = requestOf({ state: 'failed', error });
  expect(decideState(failed, 'execute').refusal?.message).toBe(
    'this rollback request cannot be executed again: service.yaml changed; resubmit it',
  );
  const advised = requestOf({ state: 'failed', error: { ...error, message: 'a.yaml changed; look again' } });
  expect(decideState(advised, 'execute').refusal?.message).toBe(
    'this rollback request cannot be executed again: a.yaml changed; resubmit it',
  );
  expect(decideState(failed, 'cancel').allowed).toBe(true);
  expect(decideState(failed, 'resubmit').allowed).toBe(true);
  expect(decideState(requestOf({ state: 'failed' }), 'execute').allowed).toBe(false);
  expect(stateOffers('failed', 'execute')).toBe(false);
  expect(stateOffers('failed', 'execute', true)).toBe(true);
  expect(stateOffers('failed', 'cancel')).toBe(true);
  expect(stateOffers('completed', 'cancel')).toBe(false);
});

test('expiry is exact, and counts before the sweep has run', () => {
  const end = NOON + 24 * HOUR;
  for (const state of ['pending', 'approved'] as const) {
    const request = requestOf({ state, expiresAt: end });
    expect([end - 1, end, end + 1].map((now) => isOverdue(request, now))).toEqual([false, true, true]);
    expect(decideInTime(request, end - 1).allowed).toBe(true);
    expect(decideInTime(request, end).refusal?.message).toBe(
      'this rollback request expired at 2025-06-13T12:00:00Z; resubmit it',
    );
  }
  for (const state of ['executing', 'completed', 'failed', 'rejected'] as const) {
    expect(isOverdue(requestOf({ state, expiresAt: end }), end + 1)).toBe(false);
  }
});
