import { expect, test } from 'vitest';
import { recurrenceOf, recurrenceWindow } from './recurrence.ts';
import { NOON, requestOf, scopeOf } from './request.test-kit.ts';

const DAY = 86_400_000;

test('the third within thirty days recurs, and so does every later one', () => {
  expect([0, 1, 2, 3].map(recurrenceOf)).toEqual([undefined, undefined, 3, 4]);
});

test('the days end where the rollback was completed, or now', () => {
  expect(recurrenceWindow(requestOf(), NOON)).toEqual({ from: NOON - 30 * DAY, until: NOON });
  const done = requestOf({ state: 'completed', closedAt: NOON - DAY });
  expect(recurrenceWindow(done, NOON)).toEqual({ from: NOON - 31 * DAY, until: NOON - DAY });
});

test('undos, releases, and what came to nothing do not recur', () => {
  for (const request of [
    requestOf({ kind: 'release' }),
    requestOf({ scope: scopeOf({ mode: 'undo' }) }),
    requestOf({ state: 'rejected', closedAt: NOON }),
  ])
    expect(recurrenceWindow(request, NOON)).toBeUndefined();
});
