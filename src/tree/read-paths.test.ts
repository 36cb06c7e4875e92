import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { listPaths, readPaths } from './read-paths.ts';
import { everything } from './select.ts';

test('named paths are found, absent ones have no entry, and other folders are not read', () => {
  const trees = memoryTrees();
  const root = trees.tree({ 'a/b/c': '1', 'a/d': '2', 'x/y': '3' });
  const found = trees.run(readPaths(root, ['a/b/c', 'a/none', 'x']));
  expect([...found.keys()]).toEqual(['a/b/c']);
  expect(found.get('a/b/c')).toEqual({ mode: '100644', oid: trees.oidOf('1') });
  expect(trees.asked.size).toBe(3);
});

test('a limit stops the listing early', () => {
  const trees = memoryTrees();
  const root = trees.tree({ a: '1', 'b/c': '2', 'd/e/f': '3' });
  expect(trees.run(listPaths(root, everything)).size).toBe(3);
  expect(trees.run(listPaths(root, everything, 1)).size).toBe(1);
});
