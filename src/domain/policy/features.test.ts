import { describe, expect, test } from 'vitest';
import {
  type FeatureFlag,
  type Features,
  allowedModes,
  decideApprovalGate,
  decideMode,
  featureFlags,
  featuresOf,
  plans,
} from './features.ts';

describe('what each plan allows', () => {
  test.each([
    ['free', ['full'], false],
    ['pro', ['full', 'service', 'undo'], false],
    ['enterprise', ['full', 'service', 'undo', 'field'], true],
  ] as const)('%s', (plan, modes, approvals) => {
    const features = featuresOf(plan);
    expect(allowedModes(features)).toEqual(modes);
    expect(decideApprovalGate(features, 1).allowed).toBe(approvals);
    expect(decideApprovalGate(features, 0).allowed).toBe(true);
  });
});

// By hand: basic_rollback, rollback, selective_rollback, rollback_approval → modes on enterprise, approvals possible.
const combinations: [string, string, boolean][] = [
  ['----', '', false],
  ['---a', '', true],
  ['--s-', '', false],
  ['--sa', '', true],
  ['-r--', '', false],
  ['-r-a', '', true],
  ['-rs-', 'service undo field', false],
  ['-rsa', 'service undo field', true],
  ['b---', '', false],
  ['b--a', '', true],
  ['b-s-', '', false],
  ['b-sa', '', true],
  ['br--', 'full', false],
  ['br-a', 'full', true],
  ['brs-', 'full service undo field', false],
  ['brsa', 'full service undo field', true],
];

const inPlan = { free: ['full'], pro: ['full', 'service', 'undo'], enterprise: undefined };

describe.each(plans)('all sixteen combinations on %s', (plan) => {
  test.each(combinations)('%s', (bits, modes, approvals) => {
    const off = featureFlags.filter((_, at) => bits[at] === '-');
    const features = featuresOf(plan, off);
    const both = inPlan[plan];
    const expected = modes.split(' ').filter((mode) => mode !== '' && (both?.includes(mode) ?? true));
    expect(allowedModes(features)).toEqual(expected);
    expect(decideApprovalGate(features, 0).allowed).toBe(true);
    for (const needed of [1, 2, 10]) {
      expect(decideApprovalGate(features, needed).allowed).toBe(approvals && plan === 'enterprise');
    }
  });
});

test('a flag beyond the plan counts as off', () => {
  const flags = Object.fromEntries(featureFlags.map((flag) => [flag, true])) as Record<FeatureFlag, boolean>;
  const forged: Features = { plan: 'free', flags };
  expect(allowedModes(forged)).toEqual(['full']);
  expect(decideApprovalGate(forged, 1).allowed).toBe(false);
});

test('the words say what is missing and where it would be had', () => {
  const words = (plan: (typeof plans)[number], mode: 'service' | 'field', off: FeatureFlag[] = []) =>
    decideMode(featuresOf(plan, off), mode).refusal?.message;
  expect(words('free', 'service')).toBe('selective_rollback is not part of the free plan');
  expect(words('pro', 'field')).toBe('field rollback is not part of the pro plan; it needs enterprise');
  expect(words('enterprise', 'field', ['selective_rollback'])).toBe(
    'selective_rollback is switched off on this server',
  );
  expect(decideApprovalGate(featuresOf('pro'), 1).refusal?.message).toBe(
    'rollback_approval is not part of the pro plan',
  );
});
