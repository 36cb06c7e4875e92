import { expect, test } from 'vitest';
import { fieldsMatching, matchesFieldPattern } from './field-pattern.ts';

test.each([
  ['/replicas', '#/replicas', true],
  ['/replicas', '@Deployment/api#/replicas/x', true],
  ['/replicas', '#/spec/replicas', false],
  ['/replicas', '#/replicasMax', false],
  ['/*/replicas', '#/spec/replicas', true],
  ['/*/replicas', '#/a/spec/replicas', false],
  ['/**/replicas', '#/replicas', true],
  ['/**/replicas', '#/a/b/replicas/c', true],
  ['/**/env/*/value', '#/s/env/[name=A]/value', true],
  ['/env/A/value', '#/env/[name=A]/value', true],
  ['/env/[name=A]', '#/env/[name=A]/value', true],
  ['/env/B', '#/env/[name=A]', false],
  ['/r/../base', '#/r/[..~1base]', false],
  ['/r/..~1base', '#/r/[..~1base]', true],
  ['/a~1b', '#/a~1b', true],
  ['/**', '#', true],
  ['/a/**', '#/a', true],
  ['replicas', '#/replicas', false],
  ['/replicas', 'replicas', false],
])('%s on %s: %s', (pattern, address, matches) => {
  expect(matchesFieldPattern(pattern, address)).toBe(matches);
});

const text =
  'replicas: 1\nspec:\n  replicas: 2\n  env:\n  - name: A\n    value: 1\n  - name: B\n    value: {value: 2}\n';

test.each([
  ['/replicas', ['#/replicas']],
  ['/**/replicas', ['#/replicas', '#/spec/replicas']],
  ['/**/value', ['#/spec/env/[name=A]/value', '#/spec/env/[name=B]/value']],
  ['/spec/env/B', ['#/spec/env/[name=B]']],
  ['/spec/*', ['#/spec/replicas', '#/spec/env']],
  ['/none', []],
])('%s finds its fields in a text', (pattern, addresses) => {
  expect(fieldsMatching(text, pattern)).toEqual(addresses);
  for (const address of addresses) expect(matchesFieldPattern(pattern, address)).toBe(true);
});

test('fields of every document are found, and none in a text that cannot be read', () => {
  expect(fieldsMatching('a: 1\n---\na: 2\n', '/a')).toEqual(['@0#/a', '@1#/a']);
  expect(fieldsMatching('a: [', '/a')).toEqual([]);
});

test('many stars cost little', () => {
  const deep = `#${'/a'.repeat(100)}`;
  expect(matchesFieldPattern(`${'/**/a'.repeat(100)}/b`, deep)).toBe(false);
});
