import { describe, expect, test } from 'vitest';
import { featuresOf } from '../policy/features.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import { type Vote, decideVote, outcomeOf, reviewOf } from './review.ts';
import { HOUR, NOON, approvalBy, as, cast, requestOf, standingOf } from './request.test-kit.ts';
import { requestStates } from './request.ts';

const yes: Vote = { decision: 'approve', digest: 'sha256:1', comment: undefined };
const no: Vote = { ...yes, decision: 'reject' };
const standing = standingOf({ approvals: 1 });
const answer = (
  actor: Parameters<typeof decideVote>[1],
  request = requestOf(),
  vote = yes,
  now = standing,
): string | undefined => decideVote(request, actor, vote, now).refusal?.code;

test('somebody else with the right may approve or reject what is pending', () => {
  for (const vote of [yes, no]) {
    expect(answer(as('a'), requestOf(), vote)).toBeUndefined();
    expect(answer(as('c'), requestOf(), vote)).toBeUndefined();
    const token = as('a', { kind: 'token', scopes: ['approve'] });
    expect(answer(token, requestOf(), vote)).toBeUndefined();
  }
});

describe('the answers come in the documented order', () => {
  // Everything is wrong at once; each line puts one thing right and shows which answer is next.
  const changes = [{ environment: 'production', personId: 'a', at: NOON }];
  const wrong = requestOf({
    state: 'completed',
    reviews: [approvalBy('a', { decision: 'reject' })],
    authors: ['a'],
    policy: policyOf({ approvals: 1, eligible: [{ people: ['b'], groups: [] }] }),
  });
  const off = standingOf({ approvals: 1 }, { features: featuresOf('pro'), changes });
  const on = { ...off, features: featuresOf('enterprise') };
  const stale = { ...yes, digest: 'sha256:0' };
  const other = { ...wrong, authors: ['r'] };
  const named = { ...other, policy: policyOf({ approvals: 1 }) };
  const calm = { ...on, changes: [] };
  const cases: [string, string, Parameters<typeof answer>][] = [
    ['not visible', 'not_visible', [as({ ...cast.a, role: undefined }), wrong, { ...yes, digest: '' }, off]],
    ['role', 'role_missing', [as({ ...cast.a, role: 'member' }), wrong, { ...yes, digest: '' }, off]],
    ['plan', 'feature_off', [as('a'), wrong, { ...yes, digest: '' }, off]],
    ['missing input', 'digest_required', [as('a'), wrong, { ...yes, digest: '' }, on]],
    ['own request', 'own_request', [as('a'), wrong, stale, on]],
    ['not named', 'not_eligible', [as('a'), other, stale, on]],
    ['changed the policy', 'policy_changer', [as('a'), named, stale, on]],
    ['not pending', 'not_pending', [as('a'), named, stale, calm]],
    ['already reviewed', 'already_reviewed', [as('a'), { ...named, state: 'pending' as const }, stale, calm]],
    ['stale digest', 'digest_stale', [as('a'), requestOf(), stale, calm]],
  ];
  test.each(cases)('%s', (_, code, asked) => {
    expect(answer(...asked)).toBe(code);
  });
});

describe('your own request', () => {
  const texts = (who: Parameters<typeof as>[0], vote: Vote, credential = {}) =>
    decideVote(requestOf(), as(who, credential), vote, standing).refusal?.message;

  test.each([yes, no])('cannot be decided by you, with whatever credential: $decision', (vote) => {
    const own = 'cannot approve/reject your own rollback request';
    expect(texts('r', vote)).toBe(own);
    expect(texts('r', vote, { kind: 'token', scopes: ['approve'] })).toBe(own);
    expect(texts('r2', vote)).toBe(own);
    expect(texts('s', vote)).toContain('only a person may approve or reject');
  });

  test('can, where the policy then and now allows it', () => {
    const own = { approvals: 1, selfApproval: true };
    expect(answer(as('r'), requestOf({ policy: policyOf(own) }), yes, standingOf(own))).toBeUndefined();
    expect(answer(as('r'), requestOf({ policy: policyOf(own) }), yes, standing)).toBe('own_request');
  });

  test('includes what you repeat of somebody else, for both of you', () => {
    const repeated = requestOf({ authors: ['r', 'a'] });
    expect(answer(as('r'), repeated)).toBe('own_request');
    expect(answer(as('a'), repeated)).toBe('own_request');
    expect(answer(as('b'), repeated)).toBeUndefined();
  });
});

describe.each(requestStates.filter((state) => state !== 'pending'))('a request that is %s', (state) => {
  test.each([yes, no])('is not pending approval: $decision', (vote) => {
    expect(decideVote(requestOf({ state }), as('a'), vote, standing).refusal?.message).toBe(
      'rollback request is not pending approval',
    );
  });
});

describe('a second review', () => {
  test.each([
    [yes, yes],
    [yes, no],
    [no, no],
    [no, yes],
  ])('of one person is refused', (first, second) => {
    const request = requestOf({
      policy: policyOf({ approvals: 2 }),
      reviews: [approvalBy('a', { decision: first.decision })],
    });
    expect(decideVote(request, as('a'), second, standing).refusal?.message).toBe(
      'you have already reviewed this rollback request',
    );
    const linked = as({ ...cast.b, ownerId: 'a' });
    expect(answer(linked, request, second)).toBe('already_reviewed');
  });

  test('is welcome when the first is void', () => {
    const reviews = [approvalBy('a', { voided: { at: NOON, reason: 'the account is disabled' } })];
    expect(answer(as('a'), requestOf({ reviews }))).toBeUndefined();
  });
});

test('whoever changed the policy may still reject', () => {
  const changed = { ...standing, changes: [{ environment: 'production', personId: 'a', at: NOON }] };
  expect(decideVote(requestOf(), as('a'), yes, changed).refusal?.message).toBe(
    'you changed the policy of production; you may approve under it from 2025-06-13T12:00:00Z',
  );
  expect(answer(as('a'), requestOf(), no, changed)).toBeUndefined();
});

test('a rejection needs no digest, but not a stale one', () => {
  expect(answer(as('a'), requestOf(), { ...no, digest: undefined })).toBeUndefined();
  expect(answer(as('a'), requestOf(), { ...no, digest: 'sha256:0' })).toBe('digest_stale');
  expect(reviewOf(requestOf(), as('a'), { ...no, digest: undefined }, NOON).digest).toBe('sha256:1');
});

test('a vote that comes too late is refused, and so is an endless comment', () => {
  const late = { ...standing, now: NOON + 24 * HOUR };
  expect(answer(as('a'), requestOf(), yes, late)).toBe('request_expired');
  expect(answer(as('a'), requestOf(), { ...yes, comment: 'x'.repeat(4097) })).toBe('text_too_long');
});

describe('the outcome', () => {
  const outcome = (reviews: ReturnType<typeof approvalBy>[], policy: Parameters<typeof policyOf>[0] = {}) =>
    outcomeOf(requestOf({ reviews, policy: policyOf({ approvals: 2, ...policy }) }), standingOf());

  test('waits, is approved, is rejected', () => {
    expect(outcome([approvalBy('a')])).toEqual({
      state: 'pending',
      executesNow: false,
      counted: 1,
      needed: 2,
    });
    expect(outcome([approvalBy('a'), approvalBy('b')])).toEqual({
      state: 'approved',
      executesNow: true,
      counted: 2,
      needed: 2,
    });
    expect(outcome([approvalBy('a'), approvalBy('b', { decision: 'reject' })]).state).toBe('rejected');
  });

  test('waits for a hand, or for the end of a freeze', () => {
    const both = [approvalBy('a'), approvalBy('b')];
    expect(outcome(both, { execution: 'manual' })).toMatchObject({ state: 'approved', executesNow: false });
    const freezeWindows = [
      { kind: 'weekly' as const, name: 'x', from: 'Thu 00:00', to: 'Fri 00:00', offset: 'Z' },
    ];
    expect(outcome(both, { freezeWindows }).executesNow).toBe(true);
    expect(outcome(both, { freezeWindows, rollbackExempt: false }).executesNow).toBe(false);
  });
});
