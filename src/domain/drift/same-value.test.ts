import { expect, test } from 'vitest';
import { holdsQuantities, ownValue, sameValue } from './same-value.ts';

const limits = ['spec', 'resources', 'limits'];

test('absent and null are one, and neither is empty', () => {
  expect(sameValue(undefined, null, [])).toBe(true);
  expect(sameValue(null, '', [])).toBe(false);
  expect(sameValue({}, undefined, [])).toBe(false);
  expect(sameValue({ a: null, b: 1 }, { b: 1 }, [])).toBe(true);
});

test('keys have no order and lists have one', () => {
  expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, [])).toBe(true);
  expect(sameValue([1, 2], [2, 1], [])).toBe(false);
  expect(sameValue([1], [1, 1], [])).toBe(false);
  expect(sameValue([1], { 0: 1 }, [])).toBe(false);
});

test('sizes are compared by amount where sizes are kept, and nowhere else', () => {
  expect(sameValue({ cpu: 1 }, { cpu: '1000m' }, limits)).toBe(true);
  expect(sameValue('1', '1000m', [...limits, 'cpu'])).toBe(true);
  expect(sameValue('1', '1000m', ['metadata', 'labels', 'limits'])).toBe(false);
  expect(sameValue('1', '1000m', ['spec', 'env', 'value'])).toBe(false);
  // A LimitRange keeps them one level deeper.
  expect(holdsQuantities(['spec', 'limits', 'default', 'cpu'])).toBe(true);
  expect(holdsQuantities(['spec', 'limits', 'a', 'b', 'c'])).toBe(false);
});

test('what every object inherits is no value of it', () => {
  expect(ownValue({}, 'constructor')).toBeUndefined();
  expect(sameValue({ constructor: 'x' }, {}, [])).toBe(false);
});
