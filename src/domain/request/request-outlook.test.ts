import { describe, expect, test } from 'vitest';
import { featuresOf } from '../policy/features.ts';
import { type Press, decidePresses } from './request-outlook.ts';
import { approvalBy, as, requestOf, standingOf, withAccounts, cast } from './request.test-kit.ts';

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
