import { expect, test } from 'vitest';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { chart } from '../../test/kit/render-shapes.ts';
import { chartFault } from './chart-file.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

function faultOf(files: TreeLiteral) {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree(files));
  trees.run(loadTexts(tree, { files: [], folders: ['c'] }));
  return chartFault(tree, 'c');
}

const asking = (version: string): string =>
  `name: c\nversion: 1.0.0\ndependencies:\n  - name: cache\n    version: ${version}\n    repository: https://charts.example.com\n`;
const kept = 'name: cache\nversion: 0.2.0\n';

test('a chart with all that it builds on below it is fine', () => {
  expect(faultOf(chart('c', 'v1'))).toBeUndefined();
  expect(faultOf({ 'c/Chart.yaml': asking('">=0.1.0"'), 'c/charts/cache/Chart.yaml': kept })).toBeUndefined();
  expect(
    faultOf({ 'c/Chart.yaml': asking('v0.2.0+build'), 'c/charts/cache/Chart.yaml': kept }),
  ).toBeUndefined();
  expect(faultOf({ 'c/Chart.yaml': asking('0.2.0'), 'c/charts/cache-0.2.0.tgz': '\0' })).toBeUndefined();
});

test('a chart that is not below it is named with file and line, and with the command that brings it', () => {
  expect(faultOf({ 'c/Chart.yaml': asking('0.2.0') })).toEqual({
    reason: expect.stringMatching(
      /builds on cache 0\.2\.0, which is not in c\/charts.*helm dependency update c$/,
    ),
    at: { file: 'c/Chart.yaml', line: 4 },
  });
});

test('a version that is not the one below it is named', () => {
  const files = { 'c/Chart.yaml': asking('9.9.9'), 'c/charts/cache/Chart.yaml': kept };
  expect(faultOf(files)?.reason).toContain('asks for cache 9.9.9, and c/charts has 0.2.0');
  const archive = { 'c/Chart.yaml': asking('9.9.9'), 'c/charts/cache-0.2.0.tgz': '\0' };
  expect(faultOf(archive)?.reason).toContain('has 0.2.0');
});

test('a folder without a chart, and a chart that is no YAML', () => {
  expect(faultOf({ 'c/values.yaml': 'a: 1\n' })?.reason).toBe('c has no Chart.yaml');
  expect(() => faultOf({ 'c/Chart.yaml': 'a: [\n' })).toThrow('c/Chart.yaml:2');
});
