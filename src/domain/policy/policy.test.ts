import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activeFreeze } from './freeze-window.ts';
import { type EnvironmentPolicy, isEligible, strictest, stricter } from './policy.ts';
import { anyPolicy } from './policy.test-kit.ts';

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
