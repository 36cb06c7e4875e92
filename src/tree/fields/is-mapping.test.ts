import { expect, test } from 'vitest';
import { isMapping } from './is-mapping.ts';

test('only what has keys is a mapping', () => {
  expect([{}, { a: 1 }].map(isMapping)).toEqual([true, true]);
  expect([[], null, 'a', 1, true, undefined].map(isMapping)).toEqual(Array(6).fill(false));
});
