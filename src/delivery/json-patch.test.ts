import { expect, test } from 'vitest';
import { UnreadPatch, jsonPatch } from './json-patch.ts';

const value = { spec: { replicas: 1, list: [{ image: 'a' }, { image: 'b' }], 'x/y': 1 } };
const patched = (op: string, path: string, given?: number) =>
  jsonPatch(value, [given === undefined ? { op, path } : { op, path, value: given }]);

test('values are added, replaced and removed, in mappings and in lists', () => {
  expect(patched('replace', '/spec/replicas', 3)).toMatchObject({ spec: { replicas: 3 } });
  expect(patched('add', '/spec/more', 3)).toMatchObject({ spec: { replicas: 1, more: 3 } });
  expect(patched('remove', '/spec/replicas')).toEqual({ spec: { list: value.spec.list, 'x/y': 1 } });
  expect(patched('replace', '/spec/list/1/image', 3)).toMatchObject({
    spec: { list: [{ image: 'a' }, { image: 3 }] },
  });
  expect(patched('add', '/spec/list/0', 3)).toMatchObject({ spec: { list: [3, ...value.spec.list] } });
  expect(patched('add', '/spec/list/-', 3)).toMatchObject({ spec: { list: [...value.spec.list, 3] } });
  expect(patched('remove', '/spec/list/0')).toMatchObject({ spec: { list: [{ image: 'b' }] } });
  expect(patched('replace', '/spec/x~1y', 3)).toMatchObject({ spec: { 'x/y': 3 } });
  expect(patched('test', '/spec/replicas', 9)).toBe(value);
});

test('what is not read is said', () => {
  for (const [op, path] of [
    ['copy', '/spec/replicas'],
    ['replace', '/spec/list/7/image'],
    ['replace', '/none/at/all'],
    ['replace', '/spec/list/2'],
    ['replace', '/spec/list/-'],
    ['remove', '/spec/list/2'],
    ['remove', '/spec/list/-'],
    ['add', '/spec/list/2/image'],
  ] as const)
    expect(() => patched(op, path, 1)).toThrow(UnreadPatch);
});
