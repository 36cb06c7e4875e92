import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { makeLayout } from './layout.ts';
import { listScopes } from './list-scopes.ts';
import { files, layout } from '../plan/scopes.test-kit.ts';

test('tenant-environments come in the order of promotion, with their services', () => {
  const trees = memoryTrees();
  expect(trees.run(listScopes(layout, trees.tree(files)))).toEqual([
    { tenant: 'acme', environment: 'dev', services: ['api'] },
    { tenant: 'acme', environment: 'production', services: ['api', 'web'] },
    { tenant: 'globex', environment: 'production', services: [] },
  ]);
});

test('pinned names keep the walk to the folders in question', () => {
  const trees = memoryTrees();
  const found = trees.run(listScopes(layout, trees.tree(files), { tenant: 'globex' }));
  expect(found.map(({ tenant }) => tenant)).toEqual(['globex']);
  expect(trees.asked.size).toBe(4); // root, tenants, globex, production
});

test('a pinned service leaves only tenant-environments that have it', () => {
  const trees = memoryTrees();
  const found = trees.run(listScopes(layout, trees.tree(files), { service: 'web' }));
  expect(found).toEqual([{ tenant: 'acme', environment: 'production', services: ['web'] }]);
});

test('one file per service', () => {
  const trees = memoryTrees();
  const tags = makeLayout([{ path: 'image-tags/{environment}/{service}' }]);
  const root = trees.tree({ 'image-tags/dev/api': 'v1', 'image-tags/dev/folder/x': '1' });
  expect(trees.run(listScopes(tags, root))).toEqual([
    { tenant: 'default', environment: 'dev', services: ['api'] },
  ]);
});

test('a folder that a more specific template shares is no tenant', () => {
  const trees = memoryTrees();
  const adopted = makeLayout([
    { path: 'components/{service}/{environment}/{tenant}/**' },
    { path: 'components/{service}/{environment}/base/**' },
  ]);
  const root = trees.tree({ 'components/api/dev/base/x': '1', 'components/api/dev/acme/x': '1' });
  expect(trees.run(listScopes(adopted, root))).toEqual([
    { tenant: 'acme', environment: 'dev', services: ['api'] },
  ]);
});
