import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test('one is singular, and none is many', () => {
  expect([0, 1, 2].map((count) => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']);
});
