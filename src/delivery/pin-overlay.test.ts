import { expect, test } from 'vitest';
import { generatorIn, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { pinKustomization, pinService } from './pin-overlay.ts';
import { readServiceHeads } from './service-inputs.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

type Files = Readonly<Record<string, string>>;

const place = { tenant: 'globex', environment: 'production', service: 'api' };
const own = 'tenants/globex/production/api';
const { layout, ...generator } = generatorIn(smallShop);

function sidesOf(trees: ReturnType<typeof memoryTrees>, past: Files, after: Files) {
  return { layout, place, past: treeTexts(trees.tree(past)), after: treeTexts(trees.tree(after)) };
}

const scaled = (count: number, more: Files = {}): Files => ({
  ...smallShop,
  'bases/api/kustomization.yaml': `resources: [deployment.yaml]\nreplicas: [{ name: api, count: ${String(count)} }]\n`,
  ...more,
});

test('an own kustomization is pinned in itself', () => {
  const trees = memoryTrees();
  const overlay = { [`${own}/kustomization.yaml`]: 'resources: [../../../../bases/api]\n' };
  const sides = sidesOf(trees, scaled(2, overlay), scaled(5, overlay));
  trees.run(loadTexts(sides.after, { files: [], folders: [own] }));
  const { pins } = trees.run(pinKustomization(sides, own));
  expect(pins).toMatchObject([
    { file: `${own}/kustomization.yaml`, name: 'replicas[api]', value: { name: 'api', count: 2 } },
  ]);
  expect(trees.run(pinKustomization(sides, 'elsewhere')).pins).toEqual([]);
});

test('a service.yaml is pinned for its workload, and not where it counts itself', () => {
  const pinsOf = (service: string) => {
    const trees = memoryTrees();
    const file = { [`${own}/service.yaml`]: serviceText(service) };
    const sides = sidesOf(trees, scaled(2, file), scaled(5, file));
    const [head] = trees.run(readServiceHeads(sides.after, generator, [place]));
    return head && trees.run(pinService(sides, head));
  };
  const bound = 'binding: { type: kustomize, source: bases/api }\n';
  expect(pinsOf(bound)?.pins).toMatchObject([{ file: `${own}/service.yaml`, name: 'replicas', value: 2 }]);
  expect(pinsOf(`${bound}replicas: 3\n`)?.pins).toEqual([]);
  const other = bound.replace(' }', ', workload: other }');
  expect(pinsOf(other)).toMatchObject({ pins: [], unpinned: [{ name: 'replicas of api' }] });
});
