import { expect, test } from 'vitest';
import { objectsOf, splitDocuments } from './rendered-object.ts';

test('documents are split at their marks, and empty ones are left out', () => {
  expect(splitDocuments('# a\n---\na: 1\n--- # Source: x\nb: |\n  ---\n  c\n---\n# only words\n')).toEqual([
    '\na: 1\n',
    '\nb: |\n  ---\n  c\n',
  ]);
});

test('values are read as Kubernetes reads them: octal numbers, old words for truth, and dates as text', () => {
  const text =
    'apiVersion: v1\nkind: X\nmetadata: {}\nmode: 0644\non1: yes\nday: 2026-11-01\ntime: 12:30\nsame: &a [1]\nagain: *a\n';
  expect(objectsOf(text)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'X',
      metadata: {},
      mode: 420,
      on1: true,
      day: '2026-11-01',
      time: '12:30',
      same: [1],
      again: [1],
    },
  ]);
});

test('a List is the objects in it, and what is no object is none', () => {
  const list =
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a}}\n- {apiVersion: v1, kind: B, metadata: {name: b}}\n';
  expect(objectsOf(list).map(({ kind }) => kind)).toEqual(['A', 'B']);
  for (const text of ['a: 1\n', '[1]\n', 'just words\n', 'apiVersion: knowngood.dev/v1\nkind: Service\n'])
    expect(objectsOf(text)).toEqual([]);
});

test('an alias bomb, a text that is no YAML and one that is too deep end with a reason', () => {
  const bomb = Array.from({ length: 9 }, (_, at) =>
    at === 0
      ? 'a0: &a0 [x,x,x,x,x,x,x,x,x]'
      : `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(',')}]`,
  );
  expect(() => objectsOf(`${bomb.join('\n')}\n`)).toThrow(/alias/i);
  expect(() => objectsOf('a: [1\n')).toThrow(/flow|must|end/i);
  expect(() => objectsOf(`a: ${'['.repeat(150)}${']'.repeat(150)}\n`)).toThrow(/deep/);
});
