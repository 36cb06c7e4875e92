import { expect, test } from 'vitest';
import { childAt, pathOf, planEdits } from './edit-plan.ts';
import { readText, type FieldText } from './field-text.ts';
import { createInterner } from './node-builder.ts';

function readBoth(current: string, target: string): readonly [FieldText, FieldText] {
  const intern = createInterner();
  const [a, b] = [readText(current, intern), readText(target, intern)];
  if (a.kind === 'opaque' || b.kind === 'opaque') throw new Error('the case is not readable');
  return [a.read, b.read];
}

function branchOf(current: string, target: string, addresses: readonly string[]) {
  const texts = readBoth(current, target);
  const { root } = planEdits(...texts, addresses);
  const [branch] = root.below.values();
  if (!branch) throw new Error('the case has no branch');
  return branch;
}

test('what lies below a chosen field goes with it, in whatever order they come', () => {
  for (const addresses of [
    ['#/a', '#/a/x'],
    ['#/a/x', '#/a'],
  ]) {
    const branch = branchOf('a: {x: 1}\nb: 1\n', 'a: {x: 2}\nb: 1\n', addresses);
    expect([branch.replaced.size, branch.below.size]).toEqual([1, 0]);
  }
});

test('a field that is equal on both sides needs no edit', () => {
  const branch = branchOf('a: 1\nb: "2"\n', 'a: "1"\nb: 2\n', ['#/a']);
  expect(branch.replaced.size).toBe(1);
  expect(branchOf('a: x\n', 'a: "x"\n', ['#/a']).replaced.size).toBe(0);
});

test('each address that cannot be is refused', () => {
  const texts = readBoth('a: 1\n', 'b: {c: 1}\n');
  expect(
    planEdits(...texts, ['#/x', 'a', '#/b/c', '@9#/a'])
      .refusals.map(({ address }) => address)
      .sort(),
  ).toEqual(['#/b/c', '#/x', '@9#/a', 'a']);
});

test('a step finds an item by position, by identity, and by its text without version', () => {
  const texts = readBoth('[{name: a}, x:1, "y?ref=2", {name: b}]\n', '[]\n');
  const root = texts[0].documents[0]?.root;
  const at = (step: string) => root && childAt(root, step)?.place.start;
  expect([at('0'), at('[name=b]'), at('[x:1]'), at('[y]'), at('9'), at('[name=c]'), at('00')]).toEqual([
    1,
    28,
    12,
    17,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a path names its document', () => {
  expect(pathOf(['@A/x', 'a', 'b'])).toBe('@A/x#/a/b');
});
