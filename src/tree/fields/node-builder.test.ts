import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { behind, type FieldNode } from './node.ts';
import { collectionKey, createInterner } from './node-builder.ts';

const root = (text: string, intern = createInterner()): FieldNode | undefined => {
  const read = readText(text, intern);
  return read.kind === 'read' ? read.read.documents[0]?.root.node : undefined;
};

test('equal values have equal ids, whatever their layout', () => {
  const intern = createInterner();
  expect(root('a: 1\nb: [x, &n {c: ""}, *n]\n', intern)?.id).toBe(
    root("b:\n- x\n- c: ''\n- {c: ''}\na: 1\n", intern)?.id,
  );
  expect(root('a: [1, 2]\n', intern)?.id).not.toBe(root('a: [2, 1]\n', intern)?.id);
  expect(root('a: !x {}\n', intern)?.id).not.toBe(root('a: {}\n', intern)?.id);
});

test('a value knows its span without its line end and comment', () => {
  const text = 'a: &x "v" # c\nb: |\n  l\n\nc: |+\n  l\n\nd:\n- 1 # c\n';
  const node = root(text);
  const spans =
    node && 'children' in node
      ? node.children.map(({ place }) => text.slice(place.valueStart, place.valueEnd))
      : [];
  expect(spans).toEqual(['&x "v"', '|\n  l', '|+\n  l\n', '- 1']);
});

test('aliases weigh what they stand for', () => {
  expect(root('a: &x [1, 1]\nb: [*x, *x]\n')?.weight).toBe(1 + 3 + 1 + 3 + 3);
  const bomb = `a0: &a0 [${'x,'.repeat(9)}]\n${Array.from({ length: 8 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]\n`).join('')}`;
  expect(readText(bomb, createInterner())).toEqual({
    kind: 'opaque',
    reason: 'its aliases unfold to too many values',
  });
});

test('an alias leads to its value', () => {
  const node = root('a: &x v\nb: *x\n');
  const alias = node && 'children' in node ? node.children[1]?.node : undefined;
  expect(alias && behind(alias)).toMatchObject({ kind: 'scalar', text: 'v' });
});

test('the order of a mapping does not count, that of a list does', () => {
  const [a, b] = [
    { keyId: 1, id: 2 },
    { keyId: 3, id: 4 },
  ];
  expect(collectionKey('map', undefined, [a, b])).toBe(collectionKey('map', undefined, [b, a]));
  expect(collectionKey('list', undefined, [a, b])).not.toBe(collectionKey('list', undefined, [b, a]));
});
