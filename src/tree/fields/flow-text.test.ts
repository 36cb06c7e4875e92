import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { flowText } from './flow-text.ts';
import { createInterner } from './node-builder.ts';

test.each([
  ['a: 1\nb:\n- x\n- y: "z"\n', '{a: 1, b: [x, {y: "z"}]}'],
  ['a: p, q\nb: a b\n', '{a: "p, q", b: a b}'],
  ['a: |\n  l\nb:\n', '{a: "l\\n", b: null}'],
  ['a: !t 1\nb: !!str 2\n', '{a: !t 1, b: !!str 2}'],
  ['a: https://x/y\n', '{a: "https://x/y"}'],
  ['a: "x\n  y"\n', '{a: "x y"}'],
  ['? a\n: 1\n', '{? a: 1}'],
])('%j on one line is %s', (text, line) => {
  const read = readText(text, createInterner());
  const node = read.kind === 'read' ? read.read.documents[0]?.root.node : undefined;
  expect(node && flowText(text, node)).toBe(line);
});
