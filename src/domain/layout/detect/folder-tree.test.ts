import { expect, test } from 'vitest';
import { folderAt, folderTree } from './folder-tree.ts';

test('folders know what is right in them and how much is below', () => {
  const root = folderTree(['a/b/x.yaml', 'a/b/y.yaml', 'a/z.yaml', 'top', '__proto__/x'], 5);
  expect(root.files).toBe(5);
  expect(root.leaves).toEqual(['top']);
  expect(folderAt(root, ['a'])?.files).toBe(3);
  expect(folderAt(root, ['a', 'b'])?.leaves).toEqual(['x.yaml', 'y.yaml']);
  expect(folderAt(root, ['__proto__'])?.files).toBe(1);
  expect(folderAt(root, ['constructor'])).toBeUndefined();
});

test('what is deeper than asked for is only counted', () => {
  const root = folderTree(['a/b/c/d.yaml'], 2);
  expect(folderAt(root, ['a', 'b'])).toEqual({ folders: new Map(), leaves: [], files: 1 });
});
