import { expect, test } from 'vitest';
import { generatorIn, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { pinServiceValues, plainValues, valuesPins } from './pin-values.ts';
import { readServiceHeads } from './service-inputs.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';

const place = { tenant: 'acme', environment: 'production', service: 'api' };
const { layout, ...generator } = generatorIn(smallShop);

test('a value is pinned below its keys, and below those that the file has above them', () => {
  const values = [{ keys: ['image', 'tag'], value: 'v1', now: 'v2', shared: 'shared.yaml' }];
  const { pins } = valuesPins(
    { service: 'api', file: 'own.yaml', above: ['values'] },
    { values, unheld: [] },
  );
  expect(pins).toMatchObject([
    { address: '#/values/image/tag', name: 'values.image.tag', entry: 'values:\n  image:\n    tag: v1' },
  ]);
});

test('values of a chart of the repository, and of shared files, are pinned where service.yaml lacks them', () => {
  const files = (tag: string) => ({
    ...smallShop,
    'charts/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
    'charts/api/values.yaml': `image: { tag: ${tag} }\nreplicaCount: ${tag === 'v1' ? '1' : '2'}\n`,
    'shared/api.yaml': `worker: { image: { tag: ${tag} } }\n`,
    'tenants/acme/production/api/service.yaml': serviceText(
      'replicas: 3\nbinding: { type: helm, source: charts/api, values: [shared/api.yaml] }\n',
    ),
  });
  const trees = memoryTrees();
  const [past, after] = [treeTexts(trees.tree(files('v1'))), treeTexts(trees.tree(files('v2')))];
  const [head] = trees.run(readServiceHeads(after, generator, [place]));
  const { pins, unpinned } =
    (head && trees.run(pinServiceValues({ layout, place, past, after }, head))) ?? {};
  expect(pins?.map(({ name, shared }) => [name, shared])).toEqual([
    ['values.image.tag', 'charts/api/values.yaml'],
    ['values.worker.image.tag', 'shared/api.yaml'],
  ]);
  expect(unpinned).toEqual([]);
});

test('values that nobody fills in are read as they stand', () => {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree({ 'a.yaml': 'a: "{{ .Values.b }}"\n', 'b.yaml': '' }));
  trees.run(loadTexts(tree, { files: ['a.yaml', 'b.yaml'], folders: [] }));
  expect(plainValues(tree, 'a.yaml')).toEqual({ file: 'a.yaml', value: { a: '{{ .Values.b }}' } });
  expect(plainValues(tree, 'b.yaml').value).toEqual({});
});
