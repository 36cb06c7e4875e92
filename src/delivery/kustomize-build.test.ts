import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { buildBelow, buildNotes, finishLayer } from './kustomize-build.ts';
import { readLayer } from './kustomize-layer.ts';
import { spotsOf } from './image-spots.ts';
import { treeTexts } from './tree-texts.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: 1, template: { spec: { containers: [{ name: web, image: "web:v1" }] } } }
`;

/** What comes out of `top`, where each value came from, and what was noted. */
function built(files: Readonly<Record<string, string>>) {
  const trees = memoryTrees();
  const notes = buildNotes();
  const tree = treeTexts(trees.tree(files));
  const layer = readLayer('top/kustomization.yaml', files['top/kustomization.yaml'] ?? '');
  const objects = finishLayer(trees.run(buildBelow({ tree, notes }, layer)), layer);
  const spots = objects.flatMap(({ value, origins }) =>
    spotsOf(value).map((spot) => [spot.value, origins.get(spot.id)]),
  );
  return { spots, notes: { files: [...notes.files], unknown: notes.unknown } };
}

const base = {
  'base/deployment.yaml': deployment,
  'base/kustomization.yaml': 'resources: [deployment.yaml]\n',
};

test('bases, patches and entries are followed, and each value is known by the file that gave it', () => {
  const { spots, notes } = built({
    ...base,
    'mid/kustomization.yaml':
      'resources: [../base]\nimages: [{ name: web, newTag: v2 }]\npatches: [{ path: p.yaml }]\n',
    'mid/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 4 }\n',
    'top/kustomization.yaml': 'resources: [../mid]\n',
  });
  expect(spots).toEqual([
    [4, 'mid/p.yaml'],
    ['web:v2', 'mid/kustomization.yaml'],
  ]);
  expect(notes).toEqual({
    files: ['mid/kustomization.yaml', 'base/kustomization.yaml', 'base/deployment.yaml', 'mid/p.yaml'],
    unknown: [],
  });
});

test('a component changes what is there already, and a patch can take an object away', () => {
  const component = { 'size/kustomization.yaml': 'kind: Component\nreplicas: [{ name: web, count: 7 }]\n' };
  const top = 'resources: [../base]\ncomponents: [../size]\n';
  const files = { ...base, ...component, 'top/kustomization.yaml': top };
  expect(built(files).spots[0]).toEqual([7, 'size/kustomization.yaml']);
  const gone = '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, $patch: delete }';
  const without = `${top}patches:\n  - patch: "${gone}"\n`;
  expect(built({ ...files, 'top/kustomization.yaml': without }).spots).toEqual([]);
});

test('patches by kind and name are understood, also of JSON; other choices are told', () => {
  const patch = (target: string) => `resources: [../base]
patches:
  - target: ${target}
    patch: |-
      - { op: replace, path: /spec/replicas, value: 9 }
`;
  const count = (target: string) => built({ ...base, 'top/kustomization.yaml': patch(target) });
  expect(count('{ kind: Deployment, name: w.* }').spots[0]?.[0]).toBe(9);
  expect(count('{ kind: StatefulSet }').spots[0]?.[0]).toBe(1);
  for (const target of ['{ labelSelector: app=web }', '{ name: (web|api) }'])
    expect(count(target).notes.unknown).toEqual([
      'top/kustomization.yaml says by a pattern what a patch is for',
    ]);
});

test('few folders that name each other again and again are given up, a base that is used often is not', () => {
  const chain = Array.from({ length: 12 }, (_, index) => [
    `l${index}/kustomization.yaml`,
    index === 11 ? 'resources: []\n' : `resources: [../l${index + 1}, ../l${index + 1}/.]\n`,
  ]);
  const top = { 'top/kustomization.yaml': 'resources: [../l0]\n' };
  expect(() => built({ ...(Object.fromEntries(chain) as Record<string, string>), ...top })).toThrow(
    /is built on too often/,
  );
  const often = `resources: [${Array.from({ length: 200 }, () => '../base').join(', ')}]\n`;
  expect(built({ ...base, 'top/kustomization.yaml': often }).spots).toHaveLength(400);
});

test('what is missing, goes in a circle or is fetched is said', () => {
  expect(() => built({ 'top/kustomization.yaml': 'resources: [../none]\n' })).toThrow(/none does not exist/);
  expect(() => built({ 'top/kustomization.yaml': 'resources: [../top]\n' })).toThrow(/builds on itself/);
  const remote = 'resources: ["github.com/example/base?ref=v1"]\nhelmCharts: []\n';
  expect(built({ 'top/kustomization.yaml': remote }).notes.unknown).toEqual([
    'top/kustomization.yaml uses helmCharts',
    'top/kustomization.yaml builds on github.com/example/base?ref=v1',
  ]);
});
