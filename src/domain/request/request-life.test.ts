import { describe, expect, test } from 'vitest';
import { policyOf } from '../policy/policy.test-kit.ts';
import { HOUR, NOON, approvalBy, as, cast, requestOf, standingOf } from './request.test-kit.ts';
import {
  cancelRequest,
  completeRequest,
  decideExecute,
  expireRequest,
  failRequest,
  noteLimit,
  noteRequest,
  recordPlanned,
  reopenRequest,
  reviewRequest,
  startExecution,
} from './request-life.ts';
import { requestStates } from './request.ts';
import { countVotes } from './votes.ts';

const approve = { decision: 'approve', digest: 'sha256:1', comment: 'ok' } as const;
const failure = { code: 'git_failed', message: 'git failed', retryable: true, paths: [], at: NOON } as const;
const later = NOON + 1000;

test('a request goes from pending to completed', () => {
  const { request, outcome } = reviewRequest(requestOf(), as('a'), approve, standingOf());
  expect(outcome).toEqual({
    state: 'approved',
    executesNow: true,
    counted: 1,
    needed: 1,
    duringFreeze: undefined,
  });
  expect(request).toMatchObject({ state: 'approved', reviews: [{ comment: 'ok', by: { personId: 'a' } }] });
  const executing = startExecution(request, later);
  expect(executing).toMatchObject({ state: 'executing', execution: { attempt: 1, planned: undefined } });
  const planned = recordPlanned(executing, { commit: 'e'.repeat(40), parent: 'd'.repeat(40) }, later);
  expect(planned.execution?.planned?.commit).toBe('e'.repeat(40));
  expect(completeRequest(planned, 'e'.repeat(40), later)).toMatchObject({
    state: 'completed',
    commit: 'e'.repeat(40),
    closedAt: later,
    updatedAt: later,
  });
});

test('a failed request is tried again with its approvals, as the next attempt', () => {
  const executing = startExecution(requestOf({ state: 'approved', reviews: [approvalBy('a')] }), later);
  const failed = failRequest(executing, failure, later);
  expect(failed).toMatchObject({ state: 'failed', error: failure, closedAt: undefined });
  const again = startExecution(failed, later);
  expect(again).toMatchObject({ state: 'executing', error: undefined, execution: { attempt: 2 } });
  expect(again.reviews).toEqual([approvalBy('a')]);
});

test('one rejection ends it', () => {
  const vote = { ...approve, decision: 'reject' } as const;
  const { request } = reviewRequest(requestOf(), as('a'), vote, standingOf());
  expect(request).toMatchObject({ state: 'rejected', closedAt: NOON });
});

test('a request without its basis waits again, and says which votes are void', () => {
  const request = requestOf({
    state: 'approved',
    breakGlass: 'bgs-1',
    reviews: [approvalBy('a'), approvalBy('b')],
  });
  const accounts = new Map(standingOf().accounts).set('a', { ...cast.a, disabled: true });
  const { uncounted } = countVotes(request, standingOf({}, { accounts }));
  const reopened = reopenRequest(request, uncounted, later);
  expect(reopened).toMatchObject({ state: 'pending', breakGlass: undefined });
  expect(reopened.reviews).toEqual([
    approvalBy('a', { voided: { at: later, reason: 'the account is disabled' } }),
    approvalBy('b'),
  ]);
});

describe('expiry', () => {
  test('comes at its time, not before', () => {
    const end = NOON + 24 * HOUR;
    expect(() => expireRequest(requestOf(), end - 1)).toThrow('cannot expire');
    expect(expireRequest(requestOf(), end)).toMatchObject({ state: 'expired', closedAt: end });
    expect(() => expireRequest(requestOf({ state: 'completed' }), end)).toThrow('that is completed');
  });
});

describe('cancelling', () => {
  test('is for requesters, and for admins', () => {
    const request = requestOf({ requester: { ...requestOf().requester, personId: 'm' } });
    expect(cancelRequest(request, as('m'), later).state).toBe('cancelled');
    expect(cancelRequest(request, as('a'), later).state).toBe('cancelled');
    expect(() => cancelRequest(requestOf(), as('m'), later)).toThrow(
      'only r@example.com or an admin may cancel this rollback request',
    );
    const stranger = as({ ...cast.m, role: undefined });
    expect(() => cancelRequest(requestOf(), stranger, later)).toThrow('not visible');
    expect(() => cancelRequest(requestOf({ state: 'executing' }), as('r'), later)).toThrow('executing');
  });
});

describe('notes', () => {
  test('are taken in every state, up to a limit', () => {
    for (const state of requestStates) {
      const noted = noteRequest(requestOf({ state }), as('m'), 'root cause: x', later);
      expect(noted).toMatchObject({ state, notes: [{ text: 'root cause: x', at: later }] });
    }
    const note = { by: requestOf().requester, text: 'x', at: NOON };
    const full = requestOf({ notes: Array.from({ length: noteLimit }, () => note) });
    expect(() => noteRequest(full, as('m'), 'x', later)).toThrow('at most 200 notes');
    expect(() => noteRequest(requestOf(), as('m'), ' ', later)).toThrow('note is required');
  });
});

test('executing by hand takes the right, the state and the time', () => {
  const approved = requestOf({ state: 'approved', policy: policyOf() });
  expect(decideExecute(approved, as('a'), NOON).allowed).toBe(true);
  expect(decideExecute(approved, as('m'), NOON).refusal?.code).toBe('role_missing');
  expect(decideExecute(requestOf(), as('a'), NOON).refusal?.code).toBe('state_forbids');
  expect(decideExecute(approved, as('a'), NOON + 24 * HOUR).refusal?.code).toBe('request_expired');
});

test.each(requestStates)('nothing moves that the table does not allow: %s', (state) => {
  const request = requestOf({ state, error: failure });
  const moves = {
    execute: () => startExecution(request, later),
    complete: () => completeRequest(request, 'e', later),
    fail: () => failRequest(request, failure, later),
    void: () => reopenRequest(request, [], later),
    plan: () => recordPlanned(request, { commit: 'e', parent: 'd' }, later),
  };
  const allowed = {
    pending: ['void'],
    approved: ['execute', 'void'],
    executing: ['complete', 'fail', 'plan'],
    failed: ['execute', 'void'],
    rejected: [],
    completed: [],
    cancelled: [],
    expired: [],
  }[state];
  const throws = (action: () => unknown): boolean => {
    try {
      action();
      return false;
    } catch {
      return true;
    }
  };
  const possible = Object.entries(moves).filter(([, action]) => !throws(action));
  expect(possible.map(([name]) => name)).toEqual(allowed);
});
