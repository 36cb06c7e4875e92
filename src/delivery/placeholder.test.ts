import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeholderKeys, readPlaceholders } from './placeholder.ts';

test('a text is cut up at its placeholders', () => {
  expect(readPlaceholders('http://{{hq.var.HOST}}:{{ hq.var.env.PORT }}/')).toEqual({
    parts: [
      'http://',
      { key: 'HOST', scope: undefined, source: '{{hq.var.HOST}}' },
      ':',
      { key: 'PORT', scope: 'environment', source: '{{ hq.var.env.PORT }}' },
      '/',
    ],
    malformed: undefined,
  });
});

test('a placeholder can pin each scope', () => {
  const scopes = ['svc', 'tenant', 'env', 'repo'].map(
    (word) => readPlaceholders(`{{hq.var.${word}.A}}`).parts[0],
  );
  expect(scopes).toMatchObject([
    { scope: 'service' },
    { scope: 'tenant' },
    { scope: 'environment' },
    { scope: 'repository' },
  ]);
});

test('templates of others are text', () => {
  const text = '{{ .Values.image }} {{include "x" .}} {{ var.A }} { {hq.var.A} }';
  expect(readPlaceholders(text)).toEqual({ parts: [text], malformed: undefined });
});

test.each([
  '{{hq.var}}',
  '{{hq.var.}}',
  '{{hq.var.a b}}',
  '{{hq.secret.A}}',
  '{{hq.var.x.y.Z}}',
  '{{hq.var.1A}}',
])('%s begins like a placeholder and is none', (source) => {
  expect(readPlaceholders(`a ${source} b`).malformed).toBe(`${source} b`);
});

test('the parts put together are the text again', () => {
  const piece = fc.constantFrom('{{', '}}', 'hq.var.', 'A', ' ', 'svc.', '{{hq.var.A}}', 'x');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('');
      const { parts } = readPlaceholders(text);
      expect(parts.map((part) => (typeof part === 'string' ? part : part.source)).join('')).toBe(text);
    }),
  );
});

test('the keys of a text are those of placeholders that name no scope', () => {
  expect(placeholderKeys('{{hq.var.A}} {{hq.var.repo.B}} {{ hq.var.C }}')).toEqual(['A', 'C']);
});
