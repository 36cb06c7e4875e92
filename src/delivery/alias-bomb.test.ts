import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { refuseBombs } from './alias-bomb.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

function check(path: string, text: string): void {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree({ [path]: text }));
  trees.run(loadTexts(tree, { files: [path], folders: [] }));
  refuseBombs(tree, [path]);
}

const repeated = (name: string): string => Array(9).fill(`*${name}`).join(',');
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${repeated('a')}]\nc: &c [${repeated('b')}]\nd: [${repeated('c')}]\n`;

test('a few lines that stand for very many are refused where the first alias is', () => {
  expect(() => check('f/all.yaml', bomb)).toThrow(
    'f/all.yaml:2: is too large once its aliases are written out',
  );
});

test.each([
  ['f/all.yaml', 'a: &a { x: 1 }\nb: *a\nc: *a\n'],
  ['f/all.yaml', 'text: "a & b * c"\nlist: [1]\n'],
  ['f/all.yaml', 'a: &a [\nb: *a\n'],
  ['f/notes.txt', bomb],
])('%s with %j is left to its reader', (path, text) => {
  expect(() => check(path, text)).not.toThrow();
});
