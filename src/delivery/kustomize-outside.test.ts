import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { overlay } from '../../test/kit/render-shapes.ts';
import { refuseOutside } from './kustomize-outside.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

function check(files: Readonly<Record<string, string>>, folder: string): void {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree(files));
  trees.run(loadTexts(tree, { files: [], folders: Object.keys(files) }));
  refuseOutside(tree, folder);
}

test('bases anywhere in the repository and files below the folder are fine', () => {
  expect(() => check(overlay('v1'), 'apps/web/production')).not.toThrow();
  expect(() => check({ 'a/x.yaml': '' }, 'a')).not.toThrow();
});

test('a single file beside the folder is named with its line', () => {
  const files = {
    'a/kustomization.yaml': 'nameSuffix: -a\npatches:\n- path: ../p.yaml\n',
    'p.yaml': 'a: 1\n',
  };
  expect(() => check(files, 'a')).toThrow('a/kustomization.yaml:3: p.yaml is not below a');
});
