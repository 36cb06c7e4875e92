import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from './shell-word.ts';

test.each([
  '.',
  './clone',
  'main',
  'apps/{tenant}/**',
  "it's",
  'a b',
  '$(touch x)',
  '~',
  '=x',
  '',
  'ä',
  'a;b',
])('%j comes out of a shell as it went in', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word);
});

test('a plain word is not quoted', () => {
  expect(['main', './a/b', 'origin'].map(shellWord)).toEqual(['main', './a/b', 'origin']);
});
