import { describe, expect, test } from 'vitest';
import type { BreakGlassSession } from './break-glass.ts';
import {
  type OpenBreakGlass,
  decideOpenBreakGlass,
  decideReviewBreakGlass,
  decideRevokeBreakGlass,
  isRoutine,
  openBreakGlass,
} from './open-break-glass.ts';
import { partyOf } from '../people/actor.ts';
import { defaultPolicy } from './policy.ts';
import { HOUR, NOON, as, cast, sessionOf } from '../request/request.test-kit.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;
const rule = defaultPolicy.breakGlass;
const wish = (parts: Partial<OpenBreakGlass> = {}): OpenBreakGlass => ({
  projectId: 'prj_1',
  justification: 'production is down',
  minutes: 60,
  rules: [rule],
  earlier: [],
  now: NOON,
  ...parts,
});
const words = (parts: Partial<OpenBreakGlass> = {}, actor = as('r')) =>
  decideOpenBreakGlass(actor, wish(parts)).refusal?.message;
const endedAt = (end: number, parts: Partial<BreakGlassSession> = {}) =>
  sessionOf({ openedAt: end - HOUR, expiresAt: end, ...parts });
const reviewed = { by: partyOf(cast.a), comment: 'fine', at: NOON };

test('an admin who has just signed in opens a session', () => {
  expect(openBreakGlass(as('r'), 'bgs-9', wish({ minutes: 15, justification: ' outage ' }))).toEqual({
    id: 'bgs-9',
    projectId: 'prj_1',
    by: partyOf(cast.r),
    justification: 'outage',
    openedAt: NOON,
    expiresAt: NOON + 15 * MINUTE,
    revokedAt: undefined,
    revokedBy: undefined,
    requestIds: [],
    review: undefined,
  });
});

describe('nobody opens a session', () => {
  test('without the right or a role that some environment names', () => {
    expect(words({}, as('m'))).toContain('it needs the role admin');
    expect(words({}, as('s'))).toContain('only a person');
    expect(words({ rules: [{ ...rule, roles: ['owner'] }] })).toContain('does not let admin');
    expect(words({ rules: [] })).toContain('does not let admin');
    expect(words({ rules: [{ ...rule, roles: [] }, rule] })).toBeUndefined();
    const token = as('r', { kind: 'token', scopes: ['request', 'approve'] });
    expect(words({}, token)).toContain('it lacks the scope break_glass');
  });

  test.each(['', '   ', '\n'])('with the justification %j', (justification) => {
    expect(words({ justification })).toBe('justification is required');
    expect(() => openBreakGlass(as('r'), 'bgs-9', wish({ justification }))).toThrow('justification');
  });

  test.each([0, 61, 1.5, -1, Number.NaN])('of %s minutes', (minutes) => {
    expect(words({ minutes })).toBe('a break-glass session lasts 1 to 60 minutes');
  });

  test('longer than the rules of the project allow, nor ever longer than an hour', () => {
    expect(words({ minutes: 31, rules: [{ ...rule, minutes: 30 }] })).toBe(
      'a break-glass session lasts 1 to 30 minutes',
    );
    const mixed = [
      { ...rule, minutes: 30 },
      { ...rule, minutes: 45, roles: ['owner' as const] },
    ];
    expect(words({ minutes: 31, rules: mixed })).toBe('a break-glass session lasts 1 to 30 minutes');
    expect(words({ minutes: 61, rules: [{ ...rule, minutes: 90 }] })).toContain('1 to 60');
  });

  test('without a fresh proof of identity', () => {
    const age = (milliseconds: number) => as('r', { authenticatedAt: NOON - milliseconds });
    expect(words({}, age(5 * MINUTE))).toBeUndefined();
    const stale = 'enter your password again first; it has to be at most 5 minutes old';
    expect(words({}, age(5 * MINUTE + 1))).toBe(stale);
    expect(words({}, age(-1))).toBe(stale);
    expect(words({}, as('r', { authenticatedAt: undefined }))).toBe(stale);
  });
});

describe('earlier sessions of the same person', () => {
  test('one that is still open forbids another in that project', () => {
    const open = sessionOf({ openedAt: NOON - MINUTE });
    expect(words({ earlier: [open] })).toBe(
      'your break-glass session bgs-1 is still open, until 2025-06-12T13:00:00Z',
    );
    expect(words({ earlier: [{ ...open, projectId: 'prj_2' }] })).toBeUndefined();
  });

  test('one that has just ended is not renewed without a second person', () => {
    const recent = endedAt(NOON - 10 * MINUTE);
    expect(words({ earlier: [recent] })).toBe(
      'session bgs-1 ended only 10 minutes ago; another admin has to review it first',
    );
    expect(words({ earlier: [{ ...recent, review: reviewed }] })).toBeUndefined();
    expect(words({ earlier: [endedAt(NOON - 60 * MINUTE + 1)] })).toContain('ended only 59 minutes ago');
    expect(words({ earlier: [endedAt(NOON - 60 * MINUTE)] })).toBeUndefined();
  });

  test('a revoked one counts from when it was revoked', () => {
    const revoked = endedAt(NOON + HOUR / 2, { revokedAt: NOON - 10 * MINUTE });
    expect(words({ earlier: [revoked] })).toContain('ended only 10 minutes ago');
  });

  test('a review owed for longer than the policy allows blocks, in any project', () => {
    const owed = endedAt(NOON - 7 * DAY, { projectId: 'prj_2' });
    expect(words({ earlier: [owed] })).toBeUndefined();
    expect(words({ earlier: [owed], now: NOON + 1 }, as('r', { authenticatedAt: NOON }))).toBe(
      'break-glass session bgs-1 waits for its review since 2025-06-05T12:00:00Z; have it reviewed first',
    );
    expect(words({ earlier: [{ ...owed, review: reviewed }], now: NOON + 1 })).toBeUndefined();
    expect(words({ earlier: [owed], rules: [rule, { ...rule, reviewDays: 3 }] })).toContain('waits');
  });
});

describe('the review of a session', () => {
  const ended = endedAt(NOON - 1);
  const review = (who: Parameters<typeof as>[0], session = ended, comment = 'fine') =>
    decideReviewBreakGlass(session, as(who), { comment, now: NOON, holder: cast.r }).refusal?.message;

  test('is closed by somebody else with the right', () => {
    expect(review('a')).toBeUndefined();
    expect(review('m')).toContain('it needs the role admin');
    expect(review('s')).toContain('only a person');
    for (const own of ['r', 'r2'] as const) {
      expect(review(own)).toBe('cannot review your own break-glass session');
    }
  });

  test('is not closed by somebody to whom the holder was linked since', () => {
    const input = { comment: 'fine', now: NOON, holder: { ...cast.r, ownerId: 'a' } };
    expect(decideReviewBreakGlass(ended, as('a'), input).refusal?.code).toBe('break_glass_own_review');
    expect(decideReviewBreakGlass(ended, as('b'), input).allowed).toBe(true);
  });

  test('says something, after the end, and once', () => {
    expect(review('a', ended, ' ')).toBe('comment is required');
    expect(review('a', sessionOf())).toBe(
      'break-glass session bgs-1 is still open; review it when it has ended',
    );
    expect(review('a', { ...ended, review: reviewed })).toBe('break-glass session bgs-1 is already reviewed');
  });
});

test('its holder and any reviewer may end a session early, once', () => {
  const revoke = (who: Parameters<typeof as>[0], session = sessionOf()) =>
    decideRevokeBreakGlass(session, as(who), NOON).refusal?.message;
  expect(revoke('r')).toBeUndefined();
  expect(revoke('a')).toBeUndefined();
  expect(revoke('m')).toContain('it needs the role admin');
  expect(revoke('a', endedAt(NOON))).toBe('break-glass session bgs-1 has ended');
  const demoted = as({ ...cast.r, role: 'viewer' });
  expect(decideRevokeBreakGlass(sessionOf(), demoted, NOON).allowed).toBe(true);
  const reading = as('r', { kind: 'token', scopes: ['read'] });
  expect(decideRevokeBreakGlass(sessionOf(), reading, NOON).refusal?.message).toContain(
    'lacks the scope break_glass',
  );
});

test('the fourth session within 30 days is routine', () => {
  const sessions = [0, 10, 20].map((days) => sessionOf({ openedAt: NOON - days * DAY }));
  expect(isRoutine(sessions, NOON)).toBe(false);
  expect(isRoutine([...sessions, sessionOf({ openedAt: NOON - 30 * DAY })], NOON)).toBe(true);
  expect(isRoutine([...sessions, sessionOf({ openedAt: NOON - 30 * DAY - 1 })], NOON)).toBe(false);
});
