import { expect, test } from 'vitest';
import { compileGlob } from './glob.ts';

test.each([
  ['**', 'a/b/c', true],
  ['*.yaml', 'x.yaml', true],
  ['*.yaml', 'a/b/x.yaml', true],
  ['a/*.yaml', 'a/x.yaml', true],
  ['a/*.yaml', 'a/b/x.yaml', false],
  ['a/**', 'a/b/x.yaml', true],
  ['a/**', 'a', false],
  ['**/values.yaml', 'values.yaml', true],
  ['**/values.yaml', 'a/b/values.yaml', true],
  ['**/values.yaml', 'a/my-values.yaml', false],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['a.b', 'axb', false],
  ['[a]', '[a]', true],
])('%s on %s is %s', (pattern, path, expected) => {
  expect(compileGlob(pattern)(path)).toBe(expected);
});

test('no pattern makes matching slow', () => {
  const pattern = '**a'.repeat(300);
  const started = performance.now();
  expect(compileGlob(pattern)(`${'a'.repeat(2000)}b`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
