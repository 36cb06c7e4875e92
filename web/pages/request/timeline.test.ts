import { expect, test } from 'vitest';
import { timelineOf } from './timeline.ts';

const pending = {
  state: 'pending',
  requester: { id: 'usr_1', name: 'jane', email: null, kind: 'person' },
  submittedAt: '2026-11-20T14:00:00.000Z',
  updatedAt: '2026-11-20T14:00:00.000Z',
  closedAt: null,
  approvalsNeeded: 2,
  approvalsCounted: 1,
  breakGlass: null,
  commit: null,
  error: null,
  verification: null,
} as const;
const states = (of: Parameters<typeof timelineOf>[0]) => timelineOf(of).map(({ state }) => state);

test('a pending request waits for its approvals', () => {
  expect(states(pending)).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead', 'ahead']);
  expect(timelineOf(pending)[1]?.note).toBe('1/2');
});

test('a completed one is committed, and what a cluster makes of it is unknown', () => {
  const done = { ...pending, state: 'completed', approvalsCounted: 2, commit: 'a'.repeat(40) } as const;
  expect(states(done)).toEqual(['done', 'done', 'done', 'unknown', 'unknown', 'unknown']);
  expect(timelineOf(done)[2]?.note).toBe('aaaaaaaa');
});

test('a failed one says whether it can be retried', () => {
  const error = { code: 'x', message: 'x', retryable: true, paths: [], at: pending.submittedAt };
  const failed = { ...pending, state: 'failed', error } as const;
  expect(timelineOf(failed)[2]).toMatchObject({ state: 'stopped', note: 'failed; can be retried' });
});

test('break-glass shows as what it is, and a rejected request stops', () => {
  const glass = { ...pending, state: 'executing', breakGlass: { id: 'bgs', justification: 'x' } } as const;
  expect(timelineOf(glass)[1]).toMatchObject({ state: 'done', note: 'bypassed by break-glass' });
  expect(states({ ...pending, state: 'rejected' })).toEqual([
    'done',
    'stopped',
    'stopped',
    'stopped',
    'stopped',
    'stopped',
  ]);
});

type Verification = NonNullable<Parameters<typeof timelineOf>[0]['verification']>;
const verification: Verification = {
  state: 'delivered',
  reason: 'acme-production-web waits for a sync',
  bound: true,
  changedAt: pending.submittedAt,
  healthySince: null,
  verifiedAt: null,
  settleSeconds: 5,
  closed: false,
  applications: [],
  checklist: [],
};
const arrived = (said: Partial<Verification>) =>
  timelineOf({
    ...pending,
    state: 'completed',
    commit: 'a'.repeat(40),
    verification: { ...verification, ...said },
  }).slice(3);

test('clusters take it from there, and the step that waits says for what', () => {
  expect(arrived({}).map(({ state }) => state)).toEqual(['now', 'ahead', 'ahead']);
  expect(arrived({})[0]?.note).toBe('acme-production-web waits for a sync');
  expect(arrived({ state: 'settled' }).map(({ state }) => state)).toEqual(['done', 'done', 'now']);
  const healthySince = pending.updatedAt;
  expect(arrived({ state: 'verified', healthySince })).toMatchObject([
    { name: 'Synced', state: 'done' },
    { name: 'Healthy', state: 'done', at: healthySince },
    { name: 'Verified', state: 'done' },
  ]);
});

test('what regressed or was not confirmed is never shown as done', () => {
  expect(arrived({ state: 'regressed', reason: 'web is Degraded again' })).toMatchObject([
    { state: 'done' },
    { state: 'stopped', note: 'web is Degraded again' },
    { state: 'stopped', note: '' },
  ]);
  expect(arrived({ state: 'unconfirmed' }).map(({ state }) => state)).toEqual([
    'unknown',
    'unknown',
    'unknown',
  ]);
  expect(arrived({ bound: false }).map(({ note }) => note)).toEqual(Array(3).fill('no cluster reports'));
});
