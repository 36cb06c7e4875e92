import { expect, test } from 'vitest';
import { limits, textProblem } from './limits.ts';

test.each(['a: 1\n', '\ufeffa: 😀\u2028\r\n\tb'])('an ordinary text has no problem: %j', (text) => {
  expect(textProblem(text)).toBeUndefined();
});

test.each([
  ['x'.repeat(limits.characters + 1), /1 MiB/],
  [' \n', /empty/],
  ['a\0', /binary/],
  ['a\u0007', /binary/],
  ['a\u0085', /binary/],
  ['a\ufffd', /UTF-8/],
  ['a\udc00', /UTF-8/],
  ['a\rb', /carriage return/],
])('%j is told', (text, problem) => {
  expect(textProblem(text)).toMatch(problem);
});
