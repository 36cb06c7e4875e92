import { describe, expect, test } from 'vitest';
import { decideBreakGlassRole, endOfSession, isOpen, sessionHolds } from './break-glass.ts';
import { defaultPolicy } from './policy.ts';
import { HOUR, NOON, as, cast, sessionOf } from '../request/request.test-kit.ts';

const rule = defaultPolicy.breakGlass;
const place = { projectId: 'prj_1', tenant: 'acme', environment: 'production' };
const holds = (
  session = sessionOf(),
  account = cast.r,
  parts: Partial<Parameters<typeof sessionHolds>[2]> = {},
) => sessionHolds(session, account, { projectId: 'prj_1', rule, now: NOON, ...parts });

describe('a session', () => {
  test('holds from its opening to just before its end', () => {
    const at = (now: number) => holds(sessionOf(), cast.r, { now });
    expect([NOON - 1, NOON, NOON + HOUR - 1, NOON + HOUR, NOON + HOUR + 1].map(at)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  test('ends the moment it is revoked', () => {
    const revoked = sessionOf({ revokedAt: NOON + 5 });
    expect(endOfSession(revoked)).toBe(NOON + 5);
    expect([4, 5].map((after) => isOpen(revoked, NOON + after))).toEqual([true, false]);
    expect(endOfSession(sessionOf({ revokedAt: NOON + 2 * HOUR }))).toBe(NOON + HOUR);
  });

  test('is bound to its person and its project', () => {
    expect(holds(sessionOf(), cast.a)).toBe(false);
    expect(holds(sessionOf(), cast.r2)).toBe(true);
    expect(holds(sessionOf({ projectId: 'prj_2' }))).toBe(false);
  });

  test('counts no longer than the place allows', () => {
    const short = { rule: { ...rule, minutes: 10 } };
    expect(holds(sessionOf(), cast.r, { ...short, now: NOON + 10 * 60_000 - 1 })).toBe(true);
    expect(holds(sessionOf(), cast.r, { ...short, now: NOON + 10 * 60_000 })).toBe(false);
  });
});

describe('who may use break-glass under a rule', () => {
  const words = (who: Parameters<typeof as>[0], roles: ('admin' | 'owner')[]) =>
    decideBreakGlassRole(as(who), { ...rule, roles }, place).refusal?.message;
  const granted = {
    ...cast.m,
    grants: [{ verb: 'break_glass' as const, projectId: 'prj_1', tenant: undefined, environment: undefined }],
  };

  test('the roles that it names', () => {
    expect(words('a', ['admin'])).toBeUndefined();
    expect(words('c', ['admin'])).toBe('the policy does not let owner use break-glass here');
    expect(words('a', ['owner'])).toBe('the policy does not let admin use break-glass here');
  });

  test('a grant stands for a role, unless there is no break-glass at all', () => {
    expect(words(granted, ['owner'])).toBeUndefined();
    expect(words(granted, [])).toBe('the policy does not let member use break-glass here');
    expect(words('a', [])).toBe('the policy does not let admin use break-glass here');
  });

  test('never a service account or somebody without the right', () => {
    expect(words('s', ['admin'])).toBe('only a person may use break-glass; s is a service account');
    expect(words('m', ['admin', 'owner'])).toContain('it needs the role admin');
  });
});
