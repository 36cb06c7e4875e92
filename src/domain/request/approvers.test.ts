import { expect, test } from 'vitest';
import { policyOf } from '../policy/policy.test-kit.ts';
import { approversAmong } from './approvers.ts';
import { approvalBy, cast, requestOf, scopeOf, standingOf, withAccounts } from './request.test-kit.ts';

const everybody = Object.values(cast);
const among = (request = requestOf(), standing = standingOf(), accounts = everybody): readonly string[] =>
  approversAmong(request, accounts, standing).map(({ id }) => id);

test('whoever has the right may approve, but for the author in any of their accounts', () => {
  expect(among()).toEqual(['a', 'b', 'c']);
});

test('the author counts where the policy takes their own approval, once for all their accounts', () => {
  const own = { approvals: 1, selfApproval: true };
  const accounts = [cast.r2, cast.a, cast.r, cast.s];
  expect(among(requestOf({ policy: policyOf(own) }), standingOf(own), accounts)).toEqual(['r', 'a']);
});

test('only those whom the policy names count, and nobody who has just changed it', () => {
  const named = { approvals: 1, eligible: [{ people: [], groups: ['sre'] }] };
  const changes = [{ environment: 'production', personId: 'b', at: standingOf().now }];
  expect(among(requestOf(), standingOf(named))).toEqual(['a', 'b']);
  expect(among(requestOf(), standingOf(named, { changes }))).toEqual(['a']);
});

test('who has reviewed it already is left out', () => {
  expect(among(requestOf({ reviews: [approvalBy('a')] }))).toEqual(['b', 'c']);
});

test('the right is needed at every place that the request reaches', () => {
  const grant = { verb: 'approve', projectId: 'prj_1', tenant: 'acme', environment: 'staging' } as const;
  const both = { ...cast.m, grants: [grant, { ...grant, environment: 'production' }] };
  const where = ['staging', 'production'].map((environment) => ({ tenant: 'acme', environment }));
  const request = requestOf({ scope: scopeOf({ where }) });
  const asked = (account: typeof both): readonly string[] =>
    among(request, withAccounts(standingOf(), account), [account]);
  expect(asked(both)).toEqual(['m']);
  expect(asked({ ...both, grants: [grant] })).toEqual([]);
});
