import { expect, test } from 'vitest';
import { alignChildren, alignDocuments } from './align.ts';
import { readText, type FieldText } from './field-text.ts';
import { createInterner } from './node-builder.ts';

function readBoth(before: string, after: string): readonly [FieldText, FieldText] {
  const intern = createInterner();
  const [a, b] = [readText(before, intern), readText(after, intern)];
  if (a.kind === 'opaque' || b.kind === 'opaque') throw new Error('the case is not readable');
  return [a.read, b.read];
}

/** Steps of the pairs of two root values: `-step` only before, `+step` only after. */
function pairs(before: string, after: string): readonly string[] | undefined {
  const [a, b] = readBoth(before, after);
  const [first, second] = [a.documents[0]?.root, b.documents[0]?.root];
  if (!first || !second) return undefined;
  return alignChildren(first, second)?.map(
    ({ step, before, after }) => `${after ? '' : '-'}${before ? '' : '+'}${step}`,
  );
}

test.each([
  ['entries pair by key', '{a: 1, b: 2}', '{b: 3, c: 4}', ['b', '+c', '-a']],
  [
    'items pair by identity',
    '[{name: a}, {name: b}]',
    '[{name: b}, {name: c}]',
    ['[name=b]', '+[name=c]', '-[name=a]'],
  ],
  ['items of equal number pair by position', '[[1], [2]]', '[[1], [3]]', ['0', '1']],
  ['items of another number do not pair', '[[1], [2]]', '[[1]]', undefined],
  ['items in another order do not pair', '[a, b]', '[b, a]', undefined],
  ['a place that was edited pairs by position', '[{port: 80}]', '[{port: 81}]', ['0']],
  ['a new place pairs by itself', '[{port: 80}]', '[{port: 80}, {port: 81}]', ['[port=80]', '+[port=81]']],
  ['a number and a text as key do not pair', '{1: a}', '{"1": b}', undefined],
  ['a list and a mapping do not pair', '[a]', '{a: 1}', undefined],
  ['an empty list pairs with a filled one', '[]', '[a]', ['+[a]']],
  ['a mapping with a collection for a key does not pair', '{[a]: 1}', '{[a]: 2}', undefined],
])('%s', (_, before, after, expected) => {
  expect(pairs(before, after)).toEqual(expected);
});

test('documents pair by name, wherever they stand', () => {
  const object = (kind: string) => `kind: ${kind}\nmetadata: {name: x}\n`;
  const [a, b] = readBoth(`${object('A')}---\n${object('B')}`, object('B'));
  expect(alignDocuments(a, b)?.map(({ step, after }) => [step, after !== undefined])).toEqual([
    ['@B/x', true],
    ['@A/x', false],
  ]);
});
