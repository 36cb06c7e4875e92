import { expect, test } from 'vitest';
import { generatorIn, regenerated, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { generateChange } from './generate-change.ts';
import { regenerate } from './regenerate.ts';

const given = regenerated(smallShop);
const added = (source: string) => ({
  ...given,
  'tenants/acme/production/twin/service.yaml': serviceText(
    `binding: { type: manifests, source: ${source} }\n`,
  ),
  'plain/twin/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: twin }\n',
});

test('what collides with nothing is what is generated, and what collides is not', () => {
  const trees = memoryTrees();
  const change = (after: Readonly<Record<string, string>>) => ({
    before: trees.tree(given),
    after: trees.tree(after),
  });
  const generator = generatorIn(given);
  const good = change(added('plain/twin'));
  expect(trees.run(generateChange(generator, good))).toEqual(trees.run(regenerate(generator, good)));
  expect(() => trees.run(generateChange(generator, change(added('plain/api'))))).toThrow('and so does');
});
