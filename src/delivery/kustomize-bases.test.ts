import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { stacked } from '../../test/kit/render-shapes.ts';
import { kustomizationIn, readBases } from './kustomize-bases.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

const named = { at: { file: 'x', line: 1 }, path: 'apps/store/production' };

test('a base of a base is found, and its kustomization by any of its names', () => {
  const trees = memoryTrees();
  const { 'bases/store/kustomization.yaml': text = '', ...rest } = stacked('2Gi');
  const tree = treeTexts(trees.tree({ ...rest, 'bases/store/Kustomization': text }));
  trees.run(loadTexts(tree, { files: [], folders: [named.path] }));
  expect(trees.run(readBases(tree, named))).toEqual([
    'apps/store/production',
    'bases/store',
    'bases/store-eu',
  ]);
  expect(kustomizationIn(tree, 'bases/store')).toBe('bases/store/Kustomization');
  expect(kustomizationIn(tree, 'bases')).toBeUndefined();
});

test('kustomizations that build on each other in a circle are read once', () => {
  const trees = memoryTrees();
  const files = {
    'apps/store/production/kustomization.yaml': 'resources: [../../../bases/store]\n',
    'bases/store/kustomization.yaml': 'resources: [../../apps/store/production]\n',
  };
  const tree = treeTexts(trees.tree(files));
  trees.run(loadTexts(tree, { files: [], folders: [named.path] }));
  expect(trees.run(readBases(tree, named))).toEqual(['apps/store/production', 'bases/store']);
});
