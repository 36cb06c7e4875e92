import { expect, test } from 'vitest';
import { tokensOf } from './tokens.ts';

test('a text becomes tokens', () => {
  const stream = tokensOf('a: 1\n---\nb: 2\n');
  expect(stream.kind === 'tokens' && stream.tokens.map(({ type }) => type)).toEqual(['document', 'document']);
});

test('the first error of the parser ends it', () => {
  expect(tokensOf('] '.repeat(50_000))).toEqual({
    kind: 'problem',
    reason: expect.stringMatching(/not valid YAML/),
  });
});
