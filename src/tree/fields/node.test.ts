import { expect, test } from 'vitest';
import { readText } from './field-text.ts';
import { behind, collection, scalarAt } from './node.ts';
import { createInterner } from './node-builder.ts';

const read = readText('a: &x {b: v}\nc: *x\nd: {[k]: 1}\ne: s\n', createInterner());
const root = read.kind === 'read' ? read.read.documents[0]?.root.node : undefined;
const child = (key: string) =>
  root && 'children' in root ? root.children.find((one) => one.key === key)?.node : undefined;

test('a scalar is reached by keys and through aliases', () => {
  expect(root && scalarAt(root, ['a', 'b'])).toBe('v');
  expect(root && scalarAt(root, ['c', 'b'])).toBe('v');
  expect(root && scalarAt(root, ['a'])).toBeUndefined();
  expect(root && scalarAt(root, ['toString'])).toBeUndefined();
});

test('only what can be addressed inside is a collection', () => {
  expect(collection(child('c'))).toBe(collection(child('a')));
  expect(collection(child('d'))).toBeUndefined();
  expect(collection(child('e'))).toBeUndefined();
  expect(collection(undefined)).toBeUndefined();
});

test('behind a value that is no alias stands itself', () => {
  const scalar = child('e');
  expect(scalar && behind(scalar)).toBe(scalar);
});
