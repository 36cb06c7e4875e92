import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { loadTexts, namedText, pathsIn, textOf, treeTexts } from './tree-texts.ts';

test('files and folders are read once, however often they are asked for', () => {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree({ 'a/b/c': '1', 'a/b/d': '2', 'a/x': '3', 'y/z': '4' }));
  trees.run(loadTexts(tree, { files: ['a/x', 'a/none'], folders: ['a/b'] }));
  expect(textOf(tree, 'a/x')).toBe('3');
  expect(textOf(tree, 'a/none')).toBeUndefined();
  expect(pathsIn(tree, 'a/b')).toEqual(['a/b/c', 'a/b/d']);
  expect(textOf(tree, 'y/z')).toBeUndefined();
  trees.asked.clear();
  trees.run(loadTexts(tree, { files: ['a/x'], folders: ['a/b'] }));
  expect(trees.asked.size).toBe(0);
});

test('what is named and not there, or no text, is said where it is named', () => {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree({ link: { text: 'x', mode: '120000' }, binary: 'a\0b' }));
  trees.run(loadTexts(tree, { files: ['link', 'binary', 'none'], folders: [] }));
  const at = { file: 'service.yaml', line: 2 };
  expect(() => namedText(tree, { at, path: 'none' })).toThrow('service.yaml:2: none does not exist');
  for (const path of ['link', 'binary']) expect(() => textOf(tree, path)).toThrow(`${path}:1: is a link`);
});
