import { expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

const clockAt = (start: number) => {
  let now = start;
  return { clock: () => now, advance: (milliseconds: number) => (now += milliseconds) };
};

test('a burst is let through, then the pace, and the wait is told in seconds', () => {
  const time = clockAt(1_000_000);
  const limit = createRateLimit(time.clock, { burst: 3, perSecond: 0.5 });
  expect([1, 2, 3].map(() => limit('a'))).toEqual([undefined, undefined, undefined]);
  expect(limit('a')).toBe(2);
  expect(limit('b')).toBeUndefined();
  time.advance(2_000);
  expect(limit('a')).toBeUndefined();
  expect(limit('a')).toBe(2);
});

test('a clock that runs backwards gives nobody new calls', () => {
  const time = clockAt(1_000_000);
  const limit = createRateLimit(time.clock, { burst: 1, perSecond: 1 });
  limit('a');
  time.advance(-60_000);
  expect(limit('a')).toBe(1);
});

test('a flood of names neither frees a caller that is held nor fills the memory', () => {
  const time = clockAt(1_000_000);
  const limit = createRateLimit(time.clock, { burst: 2, perSecond: 0.001, callers: 10 });
  limit('held');
  limit('held');
  const verdicts = Array.from({ length: 100 }, (_, index) => limit(`name ${index}`));
  expect(limit('held')).toBeGreaterThan(0);
  // Nine names have a bucket of their own; all others share one of two calls.
  expect(verdicts.filter((wait) => wait === undefined)).toHaveLength(9 + 2);
  time.advance(10_000_000);
  expect(limit('new')).toBeUndefined();
});
