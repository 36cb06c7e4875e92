import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { diffTrees } from './diff-trees.ts';
import type { TreeObject } from './object.ts';
import { everything, selectPaths } from './select.ts';

const changed = (before: Record<string, string>, after: Record<string, string>, select = everything) => {
  const trees = memoryTrees();
  const walk = diffTrees(trees.tree(before), trees.tree(after), select);
  const changes = trees.run(walk);
  return {
    asked: trees.asked.size,
    list: changes.map((c) => [c.path, c.before !== undefined, c.after !== undefined]),
  };
};

test('added, modified and deleted files are found in path order', () => {
  const { list } = changed({ 'a/x': '1', 'b/y': '1', z: '1' }, { 'a/x': '2', 'c/n': '1', z: '1' });
  expect(list).toEqual([
    ['a/x', true, true],
    ['b/y', true, false],
    ['c/n', false, true],
  ]);
});

test('equal folders are never read', () => {
  const same = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`same${i}/deep/file`, String(i)]));
  const { list, asked } = changed({ ...same, 'a/b/c': '1' }, { ...same, 'a/b/c': '2' });
  expect(list).toHaveLength(1);
  expect(asked).toBe(6); // root, a and b of both sides
});

test('folders that the selector rules out are never read', () => {
  const select = selectPaths(['a/b/c']);
  const { list, asked } = changed({ 'a/b/c': '1', 'x/y/z': '1' }, { 'a/b/c': '2', 'x/y/z': '2' }, select);
  expect(list).toEqual([['a/b/c', true, true]]);
  expect(asked).toBe(6);
});

test('a file that becomes a folder is a deletion and additions', () => {
  const { list } = changed({ a: 'file' }, { 'a/b': '1' });
  expect(list).toEqual([
    ['a', true, false],
    ['a/b', false, true],
  ]);
});

test('a mode change alone is a change', () => {
  const trees = memoryTrees();
  const before = trees.tree({ run: '#!/bin/sh' });
  const after = trees.tree({ run: { text: '#!/bin/sh', mode: '100755' } });
  const [change] = trees.run(diffTrees(before, after, everything));
  expect([change?.before?.mode, change?.after?.mode]).toEqual(['100644', '100755']);
});

test('equal trees need no reading at all', () => {
  const { list, asked } = changed({ a: '1' }, { a: '1' });
  expect({ list, asked }).toEqual({ list: [], asked: 0 });
});

test('the empty tree stands for a side that is not there', () => {
  const trees = memoryTrees();
  const tree = trees.tree({ 'a/b': '1' });
  expect(trees.run(diffTrees(undefined, tree, everything))).toHaveLength(1);
  expect(trees.run(diffTrees(tree, undefined, everything))).toHaveLength(1);
});

test('of a name that a broken tree has twice, the last counts', () => {
  const file = (name: string, oid: string) => ({ mode: '100644', name, oid }) as const;
  const trees = new Map<string, TreeObject>([
    ['before', { type: 'tree', entries: [file('a', '1'), file('b', '1'), file('a', '2'), file('c', '1')] }],
    ['after', { type: 'tree', entries: [file('a', '9'), file('b', '1'), file('a', '2'), file('c', '2')] }],
    ['longer', { type: 'tree', entries: [file('a', '9'), file('a', '2'), file('b', '1'), file('b', '2')] }],
  ]);
  const pathsOf = (after: string): readonly string[] => {
    const walk = diffTrees('before', after, everything);
    for (let step = walk.next(); ; step = walk.next(trees))
      if (step.done) return step.value.map(({ path }) => path);
  };
  expect(pathsOf('after')).toEqual(['c']);
  expect(pathsOf('longer')).toEqual(['b', 'c']);
});
