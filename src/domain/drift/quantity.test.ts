import { expect, test } from 'vitest';
import { sameQuantity } from './quantity.ts';

test.each([
  ['1', '1000m'],
  [1, '1'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['1Gi', '1024Mi'],
  ['1G', '1000M'],
  ['1e3', '1k'],
  ['1E3', 1000],
  ['1E', '1e18'],
  ['-1', '-1000m'],
  ['100n', '0.1u'],
  ['1.0', '1'],
])('%s is %s', (one, other) => {
  expect(sameQuantity(one, other)).toBe(true);
});

test.each([
  ['1', '1001m'],
  ['1G', '1Gi'],
  ['1', '-1'],
  ['', ''],
  ['.', '.'],
  ['1 ', '1'],
  ['1e999', '1e999'],
  ['one', 'one'],
  [true, true],
  [null, 0],
])('%s is not %s, or no quantity', (one, other) => {
  expect(sameQuantity(one, other)).toBe(false);
});
