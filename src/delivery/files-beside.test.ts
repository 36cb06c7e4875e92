import { expect, test } from 'vitest';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import { filesBeside } from './files-beside.ts';

const beside = (before: TreeLiteral, after: TreeLiteral) => {
  const trees = memoryTrees();
  const there = trees.tree(after);
  const changes = trees.run(diffTrees(trees.tree(before), there, everything));
  return trees.run(filesBeside(there, changes)).map(([path, text]) => `${path}=${text}`);
};

test('files of the same folder are given, changed or not, and those of other folders are not', () => {
  const rest = { 'a/b/two.yaml': '2', 'a/three.yaml': '3', 'a/b/c/four.yaml': '4', 'a/b/five.txt': '5' };
  expect(beside({ 'a/b/one.json': '0', ...rest }, { 'a/b/one.json': '1', ...rest }).toSorted()).toEqual([
    'a/b/one.json=1',
    'a/b/two.yaml=2',
  ]);
  expect(beside(rest, rest)).toEqual([]);
});

test('a change of very many folders has none', () => {
  const many = (text: string) =>
    Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}/a.yaml`, text]));
  expect(beside(many('1'), many('2'))).toEqual([]);
});
