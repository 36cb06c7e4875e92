import { expect, test } from 'vitest';
import { exitCodeOf } from './exit-code.ts';

test('each kind of refusal has its exit code', () => {
  expect(exitCodeOf('usage')).toBe(2);
  expect(exitCodeOf('invalid')).toBe(2);
  expect(exitCodeOf('not_found')).toBe(2);
  expect(exitCodeOf('too_large')).toBe(2);
  expect(exitCodeOf('unprocessable')).toBe(2);
  expect(exitCodeOf('unauthenticated')).toBe(4);
  expect(exitCodeOf('forbidden')).toBe(4);
  expect(exitCodeOf('conflict')).toBe(5);
  expect(exitCodeOf('wrong_state')).toBe(5);
  expect(exitCodeOf('limited')).toBe(1);
  expect(exitCodeOf('unavailable')).toBe(1);
  expect(exitCodeOf('failed')).toBe(1);
});

test('a comparing command never answers 1 for a failure', () => {
  expect(exitCodeOf('unavailable', true)).toBe(2);
  expect(exitCodeOf('failed', true)).toBe(2);
  expect(exitCodeOf('conflict', true)).toBe(5);
});
