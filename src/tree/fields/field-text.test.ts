import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { createInterner } from './node-builder.ts';

const read = (text: string) => {
  const result = readText(text, createInterner());
  if (result.kind === 'opaque') throw new Error(result.reason);
  return result.read;
};

test('documents know where they start and what they are called', () => {
  const { documents } = read('# c\nkind: Role\nmetadata: {name: x}\n---\na: 1\n---\n# nothing\n');
  expect(documents.map(({ start, headed, names }) => [start, headed, names[0]])).toEqual([
    [4, false, 'Role/x'],
    [35, true, undefined],
  ]);
});

test('names grow by namespace and API group', () => {
  const { documents } = read('apiVersion: apps.x/v1\nkind: A\nmetadata: {name: n, namespace: s}\n');
  expect(documents[0]?.names).toEqual(['A/n', 'A/s/n', 'A.apps.x/s/n']);
  expect(read('kind: A\nmetadata: {name: "a#b"}\n').documents[0]?.names).toEqual([]);
});

test('sealed files are noticed', () => {
  expect(read('a: 1\nsops: {mac: x}\n').documents[0]).toMatchObject({ sealed: true });
  expect(read('a: 1\nsops: {}\n').documents[0]).toMatchObject({ sealed: false });
});

test('a reason names the line', () => {
  expect(readText('a: 1\nb: 2: 3\n', createInterner())).toEqual({
    kind: 'opaque',
    reason: expect.stringMatching(/line 2/),
  });
});
