import { describe, expect, test } from 'vitest';
import { checkPolicy } from './check-policy.ts';
import { type EnvironmentPolicy, defaultPolicy } from './policy.ts';
import { policyOf } from './policy.test-kit.ts';

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
      {
        approvals: 3,
        eligible: [
          { people: [], groups: ['sre'] },
          { people: ['usr_a', 'usr_b'], groups: [] },
        ],
      },
      'policy eligible: 3 approvals cannot come from 2 people',
    ],
    [
      { freezeWindows: [{ kind: 'single', name: 'x', from: 'now', to: 'then' }] },
      'policy freezeWindows: now is not a time such as 2025-12-20T00:00:00+01:00',
    ],
  ];
  test.each(cases)('%j: %s', (parts, message) => {
    expect(checkPolicy(policyOf(parts)).refusal?.message).toBe(message);
  });
});
