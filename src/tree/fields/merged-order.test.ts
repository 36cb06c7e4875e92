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
  {
    where: 'behind the one that precedes',
    texts: ['a: 1\nz: 1\n', 'a: 1\nb: 1\nc: 1\nz: 1\n'],
    keys: ['b', 'c'],
    expected: ['bc after a'],
  },
  {
    where: 'before the one that follows',
    texts: ['z: 1\n', 'a: 1\nb: 1\nz: 1\n'],
    keys: ['a', 'b'],
    expected: ['ab before z'],
  },
  {
    where: 'behind the nearest that is there',
    texts: ['a: 1\nz: 1\n', 'a: 1\nb: 1\nc: 1\nz: 1\n'],
    keys: ['c'],
    expected: ['c after a'],
  },
  {
    where: 'at the end, where nothing is shared',
    texts: ['x: 1\ny: 1\n', 'a: 1\n'],
    keys: ['a'],
    expected: ['a after y'],
  },
  {
    where: 'nowhere beside, where nothing stays',
    texts: ['x: 1\n', 'a: 1\n'],
    keys: ['a', 'x'],
    expected: ['a after -'],
  },
] as const)('new children go $where', ({ texts: [current, target], keys, expected }) => {
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
