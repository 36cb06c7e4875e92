import { expect, test } from 'vitest';
import { actorOf } from '../../../src/domain/people/actor.test-kit.ts';
import type { Account } from '../../../src/domain/people/actor.ts';
import { decide } from '../../../src/domain/people/rights.ts';
import { type MayDo, wayOn } from './way-on.ts';

const place = { projectId: 'shop', tenant: 'acme', environment: 'production' };
const mayOf = (account: Partial<Account>): MayDo => ({
  execute: decide(actorOf(account), 'execute', place),
  request: decide(actorOf(account), 'request', place),
});
const failed = (retryable: boolean) => ({
  error: { code: 'git_failed', message: 'git failed', retryable, paths: [], at: '2025-06-12T12:00:00Z' },
  reviews: [],
});

test('whoever may execute retries a failed request, and everybody else asks an admin to', () => {
  const retry = (account: Partial<Account>) => wayOn(failed(true), mayOf(account));
  const start = 'The branch was not changed. When the cause is gone,';
  expect(retry({ role: 'admin' })).toBe(`${start} retry it.`);
  expect(retry({ role: 'member' })).toBe(`${start} ask an admin to retry it.`);
  const grant = { verb: 'execute', ...place } as const;
  expect(retry({ role: 'member', grants: [grant] })).toBe(`${start} retry it.`);
  expect(retry({ role: 'admin', disabled: true })).toBe(`${start} ask somebody who may to retry it.`);
});

test('a change that moved says by itself what to do, and here only who may', () => {
  const moved = { ...failed(false), error: { ...failed(false).error, code: 'scope_moved' } };
  expect(wayOn(moved, mayOf({ role: 'member' }))).toBe('The branch was not changed.');
  expect(wayOn(moved, mayOf({ role: 'viewer' }))).toBe(
    'The branch was not changed. Please ask a member to resubmit it.',
  );
});

test('what cannot be retried is resubmitted by whoever may submit requests', () => {
  const again = (account: Partial<Account>) => wayOn(failed(false), mayOf(account));
  const start = 'The branch was not changed. Look at what the same would change now, or';
  expect(again({ role: 'member' })).toBe(`${start} resubmit it.`);
  expect(again({ role: 'viewer' })).toBe(`${start} ask a member to resubmit it.`);
});
