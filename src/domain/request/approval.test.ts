import { describe, expect, test } from 'vitest';
import { approvalNote, basisOf, decideFeatures, freezeFor, openingOf, passingSession } from './approval.ts';
import { partyOf } from '../people/actor.ts';
import { featureFlags, featuresOf } from '../policy/features.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import {
  HOUR,
  NOON,
  approvalBy,
  as,
  cast,
  requestOf,
  sessionOf,
  standingOf,
  submissionOf,
  withAccounts,
} from './request.test-kit.ts';

const always = {
  freezeWindows: [
    { kind: 'single' as const, name: 'holidays', from: '2025-06-12T00:00:00Z', to: '2025-06-13T00:00:00Z' },
  ],
};
const free = {
  state: 'approved',
  executesNow: true,
  needed: 0,
  breakGlass: undefined,
  duringFreeze: undefined,
  frozen: undefined,
};
const session = sessionOf();

describe('what happens on submit', () => {
  const opening = (
    policy: Parameters<typeof standingOf>[0],
    parts: Parameters<typeof standingOf>[1] = {},
    actor = as('r'),
    kind: 'rollback' | 'release' = 'rollback',
  ) => openingOf(submissionOf({ kind }), actor, standingOf(policy, parts));

  test('without approvals it runs at once, or waits where execution is manual', () => {
    expect(opening({})).toEqual(free);
    expect(opening({ execution: 'manual' })).toEqual({ ...free, executesNow: false });
  });

  test('with approvals it waits for them', () => {
    expect(opening({ approvals: 2 })).toEqual({ ...free, state: 'pending', executesNow: false, needed: 2 });
  });

  test('an open break-glass session bypasses them, and runs at once', () => {
    const bypassed = { ...free, needed: 2, breakGlass: 'bgs-1' };
    expect(opening({ approvals: 2 }, { session })).toEqual(bypassed);
    expect(opening({ approvals: 2, execution: 'manual' }, { session })).toEqual(bypassed);
  });

  test('a session is not used up where nothing stands in the way', () => {
    expect(opening({}, { session })).toEqual(free);
  });

  test.each([
    ['of somebody else', { session: sessionOf({ by: partyOf(cast.a) }) }, as('r')],
    ['of another project', { session: sessionOf({ projectId: 'prj_2' }) }, as('r')],
    ['that has ended', { session, now: NOON + HOUR }, as('r')],
    ['that was revoked', { session: sessionOf({ revokedAt: NOON }) }, as('r')],
    ['through a token without the scope', { session }, as('r', { kind: 'token', scopes: ['request'] })],
    ['through a service account of its holder', { session }, as('s')],
  ])('a session %s bypasses nothing', (_, parts, actor) => {
    expect(opening({ approvals: 1 }, parts, actor)).toMatchObject({
      state: 'pending',
      breakGlass: undefined,
    });
  });

  test('nor one whose holder is of a role that the policy does not name', () => {
    const breakGlass = { roles: ['owner' as const], minutes: 60, reviewDays: 7 };
    expect(opening({ approvals: 1, breakGlass }, { session }).state).toBe('pending');
  });

  test('a rollback runs in a freeze and is flagged, unless the policy says otherwise', () => {
    expect(opening(always)).toEqual({ ...free, duringFreeze: 'holidays' });
    const frozen = { window: always.freezeWindows[0], until: Date.UTC(2025, 5, 13) };
    expect(opening({ ...always, rollbackExempt: false })).toEqual({ ...free, executesNow: false, frozen });
    expect(opening(always, {}, as('r'), 'release')).toEqual({ ...free, executesNow: false, frozen });
  });

  test('break-glass passes a freeze, flagged with both', () => {
    expect(opening({ ...always, rollbackExempt: false }, { session })).toEqual({
      ...free,
      breakGlass: 'bgs-1',
      duringFreeze: 'holidays',
    });
  });

  test('the strictest of several environments decides', () => {
    const policies = [policyOf(), policyOf({ approvals: 3 })];
    expect(opening({}, { policies })).toMatchObject({ state: 'pending', needed: 3 });
  });
});

describe('features', () => {
  const scope = { mode: 'field' as const };
  const words = (kind: 'rollback' | 'release', approvals: number, features = featuresOf('enterprise')) =>
    decideFeatures(kind, scope, approvals, { features }).refusal?.message;

  test('close the mode and the approval, never open anything', () => {
    expect(words('rollback', 2)).toBeUndefined();
    expect(words('rollback', 0, featuresOf('pro'))).toContain('field rollback is not part of the pro plan');
    expect(words('release', 0, featuresOf('free'))).toBeUndefined();
    expect(words('release', 1, featuresOf('free'))).toBe('rollback_approval is not part of the free plan');
    expect(words('rollback', 1, featuresOf('enterprise', ['rollback_approval']))).toBe(
      'rollback_approval is switched off on this server',
    );
    expect(words('rollback', 0, featuresOf('enterprise', featureFlags))).toContain('switched off');
  });
});

describe('the basis on which a request may be carried out', () => {
  const bypassed = requestOf({ state: 'approved', breakGlass: 'bgs-1' });

  test('no approvals then and now', () => {
    expect(basisOf(requestOf({ policy: policyOf() }), standingOf())).toEqual({ kind: 'not_required' });
    expect(basisOf(requestOf({ policy: policyOf() }), standingOf({ approvals: 1 }))).toBeUndefined();
  });

  test('a quorum that holds now', () => {
    const approved = requestOf({ reviews: [approvalBy('a')] });
    const by = [partyOf(cast.a)];
    expect(basisOf(approved, standingOf())).toEqual({ kind: 'approved', by, quorum: 1 });
    const disabled = withAccounts(standingOf(), { ...cast.a, disabled: true });
    expect(basisOf(approved, disabled)).toBeUndefined();
  });

  test('the session that was used, as long as it holds', () => {
    expect(basisOf(bypassed, standingOf({}, { session }))).toEqual({ kind: 'break_glass', session: 'bgs-1' });
    for (const parts of [
      { session: sessionOf({ id: 'bgs-2' }) },
      { session: undefined },
      { session, now: NOON + HOUR },
      { session: sessionOf({ revokedAt: NOON }) },
    ]) {
      expect(basisOf(bypassed, standingOf({}, parts))).toBeUndefined();
    }
    const demoted = withAccounts(standingOf({}, { session }), { ...cast.r, role: 'member' });
    expect(basisOf(bypassed, demoted)).toBeUndefined();
  });

  test('a session that was not used at submit is no basis', () => {
    expect(basisOf(requestOf(), standingOf({}, { session }))).toBeUndefined();
  });

  test('reads in the commit message as documented', () => {
    expect(approvalNote({ kind: 'approved', by: [partyOf(cast.a)], quorum: 1 })).toEqual({
      kind: 'approved',
      by: ['a@example.com'],
      quorum: 1,
    });
    expect(approvalNote({ kind: 'not_required' })).toEqual({ kind: 'not_required' });
  });
});

test('an account that is gone passes nothing', () => {
  expect(passingSession(requestOf(), undefined, policyOf(), standingOf({}, { session }))).toBeUndefined();
});

test('only rollbacks are exempt from a freeze, and only where the policy says so', () => {
  expect(freezeFor('rollback', policyOf(always), NOON).waits).toBe(false);
  expect(freezeFor('rollback', policyOf({ ...always, rollbackExempt: false }), NOON).waits).toBe(true);
  expect(freezeFor('promotion', policyOf(always), NOON).waits).toBe(true);
  expect(freezeFor('promotion', policyOf(), NOON)).toEqual({ active: undefined, waits: false });
});
