import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPolicy } from './check-policy.ts';
import { activeFreeze } from './freeze-window.ts';
import { type EnvironmentPolicy, defaultPolicy, isEligible, strictest, stricter } from './policy.ts';
import { anyPolicy, policyOf } from './policy.test-kit.ts';

const law = (holds: (a: EnvironmentPolicy, b: EnvironmentPolicy, c: EnvironmentPolicy) => void): void =>
  fc.assert(fc.property(anyPolicy, anyPolicy, anyPolicy, holds), { numRuns: 500 });
const implies = (condition: boolean, consequence: boolean): boolean => !condition || consequence;

describe('the stricter of two policies', () => {
  test('does not depend on their order or grouping', () => {
    law((a, b, c) => {
      expect(stricter(a, b)).toEqual(stricter(b, a));
      expect(stricter(stricter(a, b), c)).toEqual(stricter(a, stricter(b, c)));
      expect(strictest([a, b, c])).toEqual(strictest([c, a, b]));
    });
  });

  test('of a policy with itself is that policy', () => {
    law((a) => {
      const same = stricter(a, a);
      expect(stricter(same, a)).toEqual(same);
      expect(same).toEqual({ ...a, eligible: same.eligible, freezeWindows: same.freezeWindows });
    });
  });

  test('never allows what one of them does not', () => {
    law((a, b) => {
      const both = stricter(a, b);
      for (const one of [a, b]) {
        expect(both.approvals).toBeGreaterThanOrEqual(one.approvals);
        expect(both.changerWaitHours).toBeGreaterThanOrEqual(one.changerWaitHours);
        expect(both.expiryHours).toBeLessThanOrEqual(one.expiryHours);
        expect(both.breakGlass.minutes).toBeLessThanOrEqual(one.breakGlass.minutes);
        expect(both.breakGlass.reviewDays).toBeLessThanOrEqual(one.breakGlass.reviewDays);
        expect(one.breakGlass.roles).toEqual(expect.arrayContaining([...both.breakGlass.roles]));
        expect(implies(both.selfApproval, one.selfApproval)).toBe(true);
        expect(implies(both.rollbackExempt, one.rollbackExempt)).toBe(true);
        expect(implies(both.execution === 'automatic', one.execution === 'automatic')).toBe(true);
        expect(implies(one.pushProtection, both.pushProtection)).toBe(true);
        expect(implies(one.sharedPushProtection, both.sharedPushProtection)).toBe(true);
      }
    });
  });

  test('names exactly the approvers whom both name', () => {
    law((a, b) => {
      for (const groups of [[], ['sre'], ['dev'], ['sre', 'dev']]) {
        const both = isEligible(stricter(a, b), 'usr_a', groups);
        expect(both).toBe(isEligible(a, 'usr_a', groups) && isEligible(b, 'usr_a', groups));
      }
    });
  });

  test('is frozen exactly when one of them is', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, fc.integer({ min: 0, max: 2_000_000_000_000 }), (a, b, at) => {
        const frozen = (policy: EnvironmentPolicy) => activeFreeze(policy.freezeWindows, at) !== undefined;
        expect(frozen(stricter(a, b))).toBe(frozen(a) || frozen(b));
      }),
    );
  });
});

describe('policies that cannot be kept', () => {
  const glass = defaultPolicy.breakGlass;
  const cases: [Partial<EnvironmentPolicy>, string | undefined][] = [
    [{}, undefined],
    [{ approvals: 10, expiryHours: 720, changerWaitHours: 0 }, undefined],
    [{ approvals: 11 }, 'policy approvals: 11 is not a whole number from 0 to 10'],
    [{ approvals: -1 }, 'policy approvals: -1 is not a whole number from 0 to 10'],
    [{ approvals: 1.5 }, 'policy approvals: 1.5 is not a whole number from 0 to 10'],
    [{ approvals: Number.NaN }, 'policy approvals: NaN is not a whole number from 0 to 10'],
    [{ expiryHours: 0 }, 'policy expiryHours: 0 is not a whole number from 1 to 720'],
    [{ expiryHours: 721 }, 'policy expiryHours: 721 is not a whole number from 1 to 720'],
    [
      { breakGlass: { ...glass, minutes: 61 } },
      'policy breakGlass.minutes: 61 is not a whole number from 1 to 60',
    ],
    [{ breakGlass: { ...glass, minutes: 60, roles: [] } }, undefined],
    [{ eligible: [{ people: [], groups: [] }] }, 'policy eligible: 0 is not a whole number from 1 to 200'],
    [
      { eligible: [{ people: ['usr_a', 'usr_a'], groups: [] }] },
      'policy eligible: a name stands there twice',
    ],
    [
      { approvals: 2, eligible: [{ people: ['usr_a'], groups: [] }] },
      'policy eligible: 2 approvals cannot come from 1 people',
    ],
    [{ approvals: 2, eligible: [{ people: ['usr_a'], groups: ['sre'] }] }, undefined],
    [
      { freezeWindows: [{ kind: 'single', name: 'x', from: 'now', to: 'then' }] },
      'policy freezeWindows: now is not a time such as 2025-12-20T00:00:00+01:00',
    ],
  ];
  test.each(cases)('%j: %s', (parts, message) => {
    expect(checkPolicy(policyOf(parts)).refusal?.message).toBe(message);
  });
});
