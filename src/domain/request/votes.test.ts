import { describe, expect, test } from 'vitest';
import {
  HOUR,
  NOON,
  approvalBy,
  cast,
  requestOf,
  scopeOf,
  standingOf,
  withAccounts,
} from './request.test-kit.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import { changerWait, countVotes, effectivePolicy, isAuthor, placesOf } from './votes.ts';

const two = { approvals: 2 };
const pending = requestOf({ policy: policyOf(two), reviews: [approvalBy('a'), approvalBy('b')] });
const names = (standing = standingOf(two), request = pending) =>
  countVotes(request, standing).counted.map(({ by }) => by.personId);
const reasons = (standing = standingOf(two), request = pending) =>
  countVotes(request, standing).uncounted.map(({ review, reason }) => `${review.by.name} ${reason}`);

test('two entitled persons meet a quorum of two', () => {
  expect(names()).toEqual(['a', 'b']);
  expect(countVotes(pending, standingOf(two))).toMatchObject({ needed: 2, met: true, uncounted: [] });
});

describe('a vote that no longer counts', () => {
  test.each([
    ['disabled', { ...cast.b, disabled: true }, 'b the account is disabled'],
    ['without the role', { ...cast.b, role: 'member' as const }, 'b has no right to approve any more'],
    ['now a second account of a', { ...cast.b, ownerId: 'a' }, 'b is the same person as another approver'],
    ['now a second account of r', { ...cast.b, ownerId: 'r' }, 'b is an author of the request'],
    [
      'a service account',
      { ...cast.b, kind: 'service_account' as const },
      'b has no right to approve any more',
    ],
  ])('%s', (_, account, reason) => {
    const standing = withAccounts(standingOf(two), account);
    expect(names(standing)).toEqual(['a']);
    expect(reasons(standing)).toEqual([reason]);
    expect(countVotes(pending, standing).met).toBe(false);
  });

  test('of an account that is gone', () => {
    const { b: _, ...others } = cast;
    const accounts = new Map(Object.values(others).map((account) => [account.id, account]));
    expect(reasons(standingOf(two, { accounts }))).toEqual(['b the account is gone']);
  });

  test('for another plan', () => {
    const reviews = [approvalBy('a'), approvalBy('b', { digest: 'sha256:2' })];
    expect(reasons(standingOf(two), { ...pending, reviews })).toEqual(['b approved another plan']);
  });

  test('of somebody whom the policy no longer names', () => {
    const eligible = [{ people: ['a'], groups: ['dev'] }];
    expect(reasons(standingOf({ ...two, eligible }))).toEqual(['b is not an approver of the policy']);
    expect(reasons(standingOf({ ...two, eligible: [{ people: [], groups: ['sre'] }] }))).toEqual([]);
  });

  test('that is void already, or a rejection, is not even looked at', () => {
    const voided = { at: NOON, reason: 'x' };
    const reviews = [approvalBy('a', { voided }), approvalBy('b', { decision: 'reject' })];
    expect(countVotes({ ...pending, reviews }, standingOf(two))).toMatchObject({
      counted: [],
      uncounted: [],
    });
  });
});

describe('authors', () => {
  const own = requestOf({ reviews: [approvalBy('r')] });

  test('never count, whichever account they use', () => {
    for (const who of ['r', 'r2'] as const) {
      expect(countVotes({ ...own, reviews: [approvalBy(who)] }, standingOf()).met).toBe(false);
    }
  });

  test('count where policy then and now both allow self-approval', () => {
    const free = { approvals: 1, selfApproval: true };
    expect(countVotes({ ...own, policy: policyOf(free) }, standingOf(free)).met).toBe(true);
    expect(countVotes({ ...own, policy: policyOf(free) }, standingOf({ approvals: 1 })).met).toBe(false);
    expect(countVotes(own, standingOf(free)).met).toBe(false);
  });

  test('are also those who were linked to an author later', () => {
    const standing = withAccounts(standingOf(), { ...cast.r, ownerId: 'a' });
    expect(isAuthor(own, 'a', standing)).toBe(true);
    expect(isAuthor(own, 'a', standingOf())).toBe(false);
  });
});

describe('whoever changed the policy', () => {
  const changes = [{ environment: 'production', personId: 'a', at: NOON - HOUR }];
  const request = requestOf({ reviews: [approvalBy('a')] });

  test('does not count for as long as the policy says, to the millisecond', () => {
    const standing = standingOf({ approvals: 1 }, { changes });
    const until = NOON + 23 * HOUR;
    const waits = [NOON - HOUR - 1, NOON - HOUR, until - 1, until].map(
      (at) => changerWait(policyOf(), 'a', standing, at)?.until,
    );
    expect(waits).toEqual([undefined, until, until, undefined]);
    expect(reasons(standing, request)).toEqual(['a had just changed the policy']);
    const later = { ...request, reviews: [approvalBy('a', { at: until })] };
    expect(countVotes(later, standing).met).toBe(true);
  });

  test('is found though somebody else changed it again since, and through a second account', () => {
    const again = [...changes, { environment: 'production', personId: 'b', at: NOON - 1 }];
    expect(reasons(standingOf({ approvals: 1 }, { changes: again }), request)).toHaveLength(1);
    const linked = withAccounts(
      standingOf({ approvals: 1 }, { changes: [{ ...changes[0]!, personId: 'c' }] }),
      { ...cast.c, ownerId: 'a' },
    );
    expect(reasons(linked, request)).toHaveLength(1);
  });

  test('counts when the policy asks for no wait', () => {
    const standing = standingOf({ approvals: 1, changerWaitHours: 0 }, { changes });
    const open = { ...request, policy: policyOf({ approvals: 1, changerWaitHours: 0 }) };
    expect(countVotes(open, standing).met).toBe(true);
  });
});

test('the stricter of the pinned and the present policies applies', () => {
  expect(effectivePolicy(pending, standingOf({ approvals: 0 })).approvals).toBe(2);
  expect(effectivePolicy(pending, standingOf({ approvals: 3 })).approvals).toBe(3);
  const both = { policies: [policyOf({ approvals: 1 }), policyOf({ approvals: 4 })] };
  expect(effectivePolicy(pending, standingOf({}, both)).approvals).toBe(4);
});

test('an approver has to have the right in every place that the request reaches', () => {
  const where = [
    { tenant: 'acme', environment: 'production' },
    { tenant: 'globex', environment: 'production' },
  ];
  const wide = { ...pending, scope: scopeOf({ where }) };
  expect(placesOf(wide)).toHaveLength(2);
  const grants = [{ verb: 'approve' as const, projectId: 'prj_1', tenant: 'acme', environment: undefined }];
  const standing = withAccounts(standingOf(two), { ...cast.b, role: 'member', grants });
  expect(names(standing)).toEqual(['a', 'b']);
  expect(names(standing, wide)).toEqual(['a']);
});
