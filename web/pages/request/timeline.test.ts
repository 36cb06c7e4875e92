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
