import { expect, test } from 'vitest';
import { planEdits, type Branch } from './edit-plan.ts';
import { readText } from './field-text.ts';
import { insertionsOf, keptChildren } from './merged-order.ts';
import { createInterner } from './node-builder.ts';

function branchOf(current: string, target: string, addresses: readonly string[]): Branch {
  const intern = createInterner();
  const [a, b] = [readText(current, intern), readText(target, intern)];
  if (a.kind === 'opaque' || b.kind === 'opaque') throw new Error('the case is not readable');
  const [branch] = planEdits(a.read, b.read, addresses).root.below.values();
  if (!branch) throw new Error('the case has no branch');
  return branch;
}

const names = (text: string, children: readonly { readonly place: { readonly start: number } }[]): string =>
  children.map(({ place }) => text[place.start]).join('');

test.each([
  ['behind the one that precedes', 'a: 1\nz: 1\n', 'a: 1\nb: 1\nc: 1\nz: 1\n', ['b', 'c'], ['bc after a']],
  ['before the one that follows', 'z: 1\n', 'a: 1\nb: 1\nz: 1\n', ['a', 'b'], ['ab before z']],
  ['behind the nearest that is there', 'a: 1\nz: 1\n', 'a: 1\nb: 1\nc: 1\nz: 1\n', ['c'], ['c after a']],
  ['at the end, where nothing is shared', 'x: 1\ny: 1\n', 'a: 1\n', ['a'], ['a after y']],
  ['nowhere beside, where nothing stays', 'x: 1\n', 'a: 1\n', ['a', 'x'], ['a after -']],
])('new children go %s', (_, current, target, keys, expected) => {
  const branch = branchOf(
    current,
    target,
    keys.map((key) => `#/${key}`),
  );
  const found = insertionsOf(branch).map(
    ({ children, side, beside }) =>
      `${names(target, children)} ${side} ${beside ? names(current, [beside]) : '-'}`,
  );
  expect(found).toEqual(expected);
  expect(keptChildren(branch).length).toBe(names(current, keptChildren(branch)).length);
});
