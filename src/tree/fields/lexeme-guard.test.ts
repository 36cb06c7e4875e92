import { Lexer } from 'yaml';
import { expect, test } from 'vitest';
import { createLexemeGuard } from './lexeme-guard.ts';

function problemIn(text: string): string | undefined {
  const guard = createLexemeGuard();
  for (const lexeme of new Lexer().lex(text)) {
    const problem = guard(lexeme);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const bracketsAsText = `a: "${'['.repeat(500)}"\nb: |\n${Array.from({ length: 200 }, (_, depth) => `  ${' '.repeat(depth)}[{x\n`).join('')}`;

test.each([
  ['brackets inside text', bracketsAsText],
  ['many shallow lists', 'a: [[1], [2]]\n- x\n'.repeat(200)],
  ['stars inside text', `a: "${'* '.repeat(500)}"\n# ${'* '.repeat(500)}\n`],
])('%s are not counted', (_, text) => {
  expect(problemIn(text)).toBeUndefined();
});

test.each([
  ['brackets', `a: ${'['.repeat(10_000)}`, /nested deeper/],
  ['dashes', `${'- '.repeat(10_000)}x`, /nested deeper/],
  [
    'indentation',
    Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    /nested deeper/,
  ],
  ['aliases', `a: [${'*x, '.repeat(200)}]`, /aliases/],
  ['merge keys', 'b:\n  <<: *a\n'.repeat(20_000), /aliases/],
  ['anchors', `a: ${'&x '.repeat(80_000)}`, /anchors/],
  ['tags', `a: ${'!x '.repeat(80_000)}`, /tags/],
  ['directives', '%A b\n'.repeat(100_000), /directives/],
  ['documents', '---\na: 1\n'.repeat(100_000), /documents/],
  ['keys', Array.from({ length: 90_000 }, (_, index) => `k${index}: 1\n`).join(''), /tokens/],
])('too many %s are', (_, text, problem) => {
  expect(problemIn(text)).toMatch(problem);
});
