import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.ts';

const known = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('it is the one that everybody computes', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  for (const length of [55, 56, 63, 64, 65, 119, 120, 1_000])
    expect(sha256('a'.repeat(length))).toBe(known('a'.repeat(length)));
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => sha256(text) === known(text)));
});
