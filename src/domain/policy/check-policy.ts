import { freezeWindowFault } from './freeze-window.ts';
import type { EnvironmentPolicy } from './policy.ts';
import { type Verdict, allow, refuse } from '../refusal/verdict.ts';

/** The limits of a policy, both ends included; shown in forms and in the API's description. */
export const policyLimits = {
  approvals: { least: 0, most: 10 },
  expiryHours: { least: 1, most: 720 },
  breakGlassMinutes: { least: 1, most: 60 },
  breakGlassReviewDays: { least: 1, most: 90 },
  changerWaitHours: { least: 0, most: 720 },
  approverSets: { least: 0, most: 10 },
  approverNames: { least: 1, most: 200 },
  freezeWindows: { least: 0, most: 50 },
} as const;

type Limited = keyof typeof policyLimits;

const fieldOf: Partial<Record<Limited, string>> = {
  breakGlassMinutes: 'breakGlass.minutes',
  breakGlassReviewDays: 'breakGlass.reviewDays',
  approverSets: 'eligible',
  approverNames: 'eligible',
};

function rangeFault(name: Limited, value: number): Verdict {
  const { least, most } = policyLimits[name];
  if (Number.isInteger(value) && value >= least && value <= most) return allow;
  return refuse('policy_invalid', {
    field: fieldOf[name] ?? name,
    reason: `${value} is not a whole number from ${least} to ${most}`,
  });
}

const duplicates = (names: readonly string[]): boolean => new Set(names).size !== names.length;

/** Is this a policy that can be kept? The refusal names the field and what is wrong with it. */
export function checkPolicy(policy: EnvironmentPolicy): Verdict {
  const ranges = [
    rangeFault('approvals', policy.approvals),
    rangeFault('expiryHours', policy.expiryHours),
    rangeFault('breakGlassMinutes', policy.breakGlass.minutes),
    rangeFault('breakGlassReviewDays', policy.breakGlass.reviewDays),
    rangeFault('changerWaitHours', policy.changerWaitHours),
    rangeFault('approverSets', policy.eligible.length),
    ...policy.eligible.map(({ people, groups }) =>
      rangeFault('approverNames', people.length + groups.length),
    ),
    rangeFault('freezeWindows', policy.freezeWindows.length),
  ];
  const range = ranges.find(({ allowed }) => !allowed);
  if (range) return range;
  if (policy.eligible.some(({ people, groups }) => duplicates(people) || duplicates(groups))) {
    return refuse('policy_invalid', { field: 'eligible', reason: 'a name stands there twice' });
  }
  // A set of named people that is smaller than the quorum could never meet it.
  const small = policy.eligible.find(
    ({ people, groups }) => groups.length === 0 && people.length < policy.approvals,
  );
  if (small) {
    const reason = `${policy.approvals} approvals cannot come from ${small.people.length} people`;
    return refuse('policy_invalid', { field: 'eligible', reason });
  }
  const fault = policy.freezeWindows.map(freezeWindowFault).find((text) => text !== undefined);
  return fault === undefined ? allow : refuse('policy_invalid', { field: 'freezeWindows', reason: fault });
}
