import { expect, test } from 'vitest';
import { nextAttempt } from './retry-delay.ts';

const hour = 3_600_000;

test('the waits grow to an hour, and after a day nothing follows', () => {
  const waits: number[] = [];
  let now = 0;
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt(attempts, { since: 0, now });
    if (next === undefined) break;
    waits.push((next - now) / 1000);
    now = next;
  }
  expect(waits.slice(0, 8)).toEqual([5, 30, 120, 600, 1800, 3600, 3600, 3600]);
  expect(now).toBe(24 * hour);
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(86_400);
});

test('one that could not be tried for a day has its one attempt, and no other', () => {
  expect(nextAttempt(1, { since: 0, now: 30 * hour })).toBeUndefined();
});
