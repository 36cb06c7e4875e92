import { describe, expect, test } from 'vitest';
import { openingOf } from './approval.ts';
import { featuresOf } from '../policy/features.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import { type Press, approversText, decidePresses, outlookText } from './request-outlook.ts';
import {
  approvalBy,
  as,
  requestOf,
  sessionOf,
  standingOf,
  submissionOf,
  withAccounts,
  cast,
} from './request.test-kit.ts';

const nameOf = (id: string): string => `${id}@example.com`;
const freezeWindows = [
  { kind: 'weekly' as const, name: 'quiet day', from: 'Thu 00:00', to: 'Fri 00:00', offset: 'Z' },
];

describe('what submitting would lead to', () => {
  const outlook = (policy: Parameters<typeof policyOf>[0], session?: ReturnType<typeof sessionOf>) =>
    outlookText(
      openingOf(submissionOf(), as('r'), standingOf(policy, { session })),
      policyOf(policy),
      nameOf,
    );
  const sre = [{ people: [], groups: ['sre'] }];

  test.each([
    [{}, 'executes at once'],
    [{ execution: 'manual' as const }, 'waits for somebody to execute it'],
    [{ approvals: 1, eligible: sre }, 'needs 1 approval from sre (you cannot approve your own)'],
    [{ approvals: 2, selfApproval: true }, 'needs 2 approvals'],
    [{ freezeWindows }, 'executes at once, during the freeze quiet day'],
    [
      { freezeWindows, rollbackExempt: false },
      'waits for the end of the freeze quiet day at 2025-06-13T00:00:00Z',
    ],
  ])('%j: %s', (policy, text) => {
    expect(outlook(policy)).toBe(text);
  });

  test('with break-glass it runs now', () => {
    expect(outlook({ approvals: 2 }, sessionOf())).toBe('runs now (break-glass bgs-1)');
  });

  test('approvers are named as people know them', () => {
    const eligible = [
      { people: ['a'], groups: ['sre'] },
      { people: ['b', 'c'], groups: [] },
    ];
    expect(approversText(policyOf({ eligible }), nameOf)).toBe(
      'sre or a@example.com, and of b@example.com or c@example.com',
    );
    expect(approversText(policyOf(), nameOf)).toBe('');
  });
});

describe('what may be pressed, and why not', () => {
  const allowed = (...input: Parameters<typeof decidePresses>): Press[] => {
    const presses = Object.entries(decidePresses(...input)) as [Press, { allowed: boolean }][];
    return presses.filter(([, verdict]) => verdict.allowed).map(([press]) => press);
  };
  const standing = standingOf({ approvals: 1 });

  test('of a pending request: by its author, another admin, a member, a viewer', () => {
    expect(allowed(requestOf(), as('r'), standing)).toEqual(['cancel', 'note']);
    expect(allowed(requestOf(), as('a'), standing)).toEqual(['approve', 'reject', 'cancel', 'note']);
    expect(allowed(requestOf(), as('m'), standing)).toEqual(['note']);
    expect(allowed(requestOf(), as({ ...cast.m, role: 'viewer' }), standing)).toEqual([]);
    expect(decidePresses(requestOf(), as('r'), standing).approve.refusal?.message).toBe(
      'cannot approve/reject your own rollback request',
    );
  });

  test('of an approved one, with its quorum, without the feature, and with its basis lost', () => {
    const approved = requestOf({ state: 'approved', reviews: [approvalBy('a')] });
    expect(allowed(approved, as('r'), standing)).toEqual(['execute', 'cancel', 'note']);
    const off = { ...standing, features: featuresOf('pro') };
    expect(decidePresses(approved, as('r'), off).execute.refusal?.code).toBe('feature_off');
    const lost = withAccounts(standing, { ...cast.a, disabled: true });
    expect(allowed(approved, as('r'), lost)).toContain('execute');
  });

  test('of one that is over', () => {
    expect(allowed(requestOf({ state: 'completed' }), as('a'), standing)).toEqual(['note']);
    expect(allowed(requestOf({ state: 'rejected' }), as('m'), standing)).toEqual(['resubmit', 'note']);
  });
});
