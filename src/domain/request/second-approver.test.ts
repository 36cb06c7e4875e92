import { expect, test } from 'vitest';
import type { HazardCode } from '../plan/plan.ts';
import { policyOf } from '../policy/policy.test-kit.ts';
import { approvalBy, as, cast, requestOf, standingOf } from './request.test-kit.ts';
import { checkExecution } from './execution.ts';
import { policyFor } from './second-approver.ts';
import { submitRequest } from './submission.ts';
import { countVotes } from './votes.ts';

const plan = (...codes: readonly HazardCode[]) => ({
  ...requestOf().plan,
  hazards: codes.map((code) => ({ code, message: code, blocking: false, paths: [] })),
});
const behind = plan('irreversible_commit');

test('one approval more, of somebody else, and nothing else of the policy', () => {
  const policy = policyOf({ approvals: 1, selfApproval: true });
  expect(policyFor(behind, policy)).toEqual({ ...policy, approvals: 2, selfApproval: false });
  expect(policyFor(plan('object_goes_away'), policy)).toBe(policy);
});

test('without a policy a request waits for one person, and with one for one more', () => {
  const { scope, projectId, kind, targetSha, justification } = requestOf();
  const wish = { scope, projectId, kind, targetSha, justification, digest: undefined, resubmitOf: undefined };
  const planned = { id: 'rbk-1', baseSha: 'd'.repeat(40), digest: 'sha256:1', plan: behind };
  for (const approvals of [0, 1, 2]) {
    const policy = { approvals, selfApproval: true, execution: 'automatic' } as const;
    const { request, opening } = submitRequest(as('r'), wish, planned, standingOf(policy));
    expect(opening).toMatchObject({ state: 'pending', needed: approvals + 1, executesNow: false });
    expect(request.policy.approvals).toBe(approvals + 1);
  }
});

test('a policy that is raised later is raised by one for it, too', () => {
  const request = requestOf({ plan: behind, policy: policyOf({ approvals: 2 }) });
  expect(countVotes(request, standingOf({ approvals: 1 })).needed).toBe(2);
  expect(countVotes(request, standingOf({ approvals: 2 })).needed).toBe(3);
});

test('it is not carried out until they are there, and the own approval is none', () => {
  const policy = policyOf({ approvals: 2 });
  const standing = standingOf({ approvals: 1, selfApproval: true });
  const one = requestOf({ state: 'approved', plan: behind, policy, reviews: [approvalBy('a')] });
  expect(checkExecution(one, standing)).toMatchObject({
    kind: 'reopen',
    refusal: { code: 'quorum_missing', facts: { counted: 1, needed: 2 } },
  });
  const own = {
    ...approvalBy('a'),
    by: { ...approvalBy('a').by, accountId: cast.r.id, personId: cast.r.id },
  };
  expect(checkExecution({ ...one, reviews: [...one.reviews, own] }, standing).kind).toBe('reopen');
  expect(checkExecution({ ...one, reviews: [...one.reviews, approvalBy('b')] }, standing).kind).toBe('go');
});
