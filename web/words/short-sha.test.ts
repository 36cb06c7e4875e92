import { expect, test } from 'vitest';
import { shortSha } from './short-sha.ts';

test('eight characters are shown', () => {
  expect(shortSha('5be0d1e7a1c04b6f8e2d3c4b5a69788796a5b4c3')).toBe('5be0d1e7');
});
