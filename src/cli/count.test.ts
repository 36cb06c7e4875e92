import { expect, test } from 'vitest';
import { count } from './count.ts';

test('one of a thing is not many, and many are easy to read', () => {
  expect([0, 1, 2, 12_345].map((number) => count(number, 'file'))).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '12,345 files',
  ]);
  expect(count(2, 'entry', 'entries')).toBe('2 entries');
});
