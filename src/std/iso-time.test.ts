import { expect, test } from 'vitest';
import { isoTime } from './iso-time.ts';

test('a time is told in UTC to the second', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00Z');
  expect(isoTime(Date.UTC(2025, 5, 12, 12, 0, 0, 999))).toBe('2025-06-12T12:00:00Z');
});
