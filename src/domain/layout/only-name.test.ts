import { expect, test } from 'vitest';
import { onlyName } from './only-name.ts';

test('the only name may be left out, however often it occurs', () => {
  expect(onlyName('tenant', ['acme', 'acme'])).toBe('acme');
});

test('of none and of several one has to be named, and the first ten are shown', () => {
  expect(() => onlyName('tenant', [])).toThrow(
    '--tenant is required: the layout has more than one tenant (none found)',
  );
  expect(() => onlyName('environment', ['dev', 'prod'])).toThrow('(dev, prod)');
  const many = Array.from({ length: 11 }, (_, index) => String(index));
  expect(() => onlyName('tenant', many)).toThrow('(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …)');
});
