import { expect, test } from 'vitest';
import { planEdits } from './edit-plan.ts';
import { expectedId } from './expected.ts';
import { readText } from './field-text.ts';
import { collectionKey, createInterner } from './node-builder.ts';

test.each([
  ['nothing is chosen', [], 'a: [x, z]\nb: 1\nc: &n {d: 1}\ne: *n\n'],
  ['an item is new', ['#/a/[y]'], 'a: [x, y, z]\nb: 1\nc: {d: 1}\ne: {d: 1}\n'],
  [
    'a value behind an anchor changes, and its alias was not chosen',
    ['#/b', '#/c/d'],
    'a: [x, z]\nb: 2\nc: {d: 2}\ne: {d: 1}\n',
  ],
  ['an entry goes', ['#/f', '#/b'], 'a: [x, z]\nb: 2\nc: {d: 1}\ne: {d: 1}\n'],
])('the expected value when %s', (_, addresses, text) => {
  const intern = createInterner();
  const read = (one: string) => {
    const result = readText(one, intern);
    if (result.kind === 'opaque') throw new Error(result.reason);
    return result.read;
  };
  const current = read(`a: [x, z]\nb: 1\nc: &n {d: 1}\ne: *n\n${addresses.includes('#/f') ? 'f: 1\n' : ''}`);
  const target = read('a: [x, y, z]\nb: 2\nc: &n {d: 2}\ne: *n\n');
  const { root } = planEdits(current, target, addresses);
  const ids = read(text).documents.map((one) => ({ keyId: 0, id: one.root.node.id }));
  expect(expectedId(root, intern)).toBe(intern(collectionKey('list', undefined, ids)));
});
