import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { restore } from './restore.ts';
import { everything, selectPaths } from './select.ts';

test('the edits put back what the target had and delete what it did not have', () => {
  const trees = memoryTrees();
  const current = trees.tree({ changed: 'new', added: 'x', same: '=' });
  const target = trees.tree({ changed: 'old', removed: 'y', same: '=' });
  expect(trees.run(restore(current, target, everything)).edits).toEqual([
    { kind: 'delete', path: 'added' },
    { kind: 'put', path: 'changed', mode: '100644', oid: trees.oidOf('old') },
    { kind: 'put', path: 'removed', mode: '100644', oid: trees.oidOf('y') },
  ]);
});

test('paths outside the selection are left alone', () => {
  const trees = memoryTrees();
  const [current, target] = [trees.tree({ a: '1', b: '1' }), trees.tree({ a: '2', b: '2' })];
  const { edits } = trees.run(restore(current, target, selectPaths(['a'])));
  expect(edits.map(({ path }) => path)).toEqual(['a']);
});

test('restoring a tree to itself is nothing', () => {
  const trees = memoryTrees();
  const tree = trees.tree({ a: '1' });
  expect(trees.run(restore(tree, tree, everything)).edits).toEqual([]);
});

test('a folder that is selected whole is one edit, however much lies in it', () => {
  const trees = memoryTrees();
  const current = trees.tree({ 'a/b/x': '1', 'a/b/y': '1', 'a/gone/z': '1', top: '1' });
  const past = { 'a/b/x': '2', 'a/b/y': '2', top: '2' };
  const select = { folder: (path: string) => (path === 'a' ? 'some' : 'all'), file: () => false } as const;
  const { edits, changes } = trees.run(restore(current, trees.tree(past), select));
  expect(edits.map(({ kind, path }) => [kind, path])).toEqual([
    ['put', 'a/b'],
    ['delete', 'a/gone'],
  ]);
  expect(changes.map(({ path }) => path)).toEqual(['a/b/x', 'a/b/y', 'a/gone/z']);
});
