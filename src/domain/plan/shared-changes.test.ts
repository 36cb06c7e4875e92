import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { makeLayout } from '../layout/layout.ts';
import { describeShared, scopeOfPaths } from './shared-changes.ts';

const layout = makeLayout([
  { path: 'components/{service}/{environment}/{tenant}/**' },
  { path: 'components/{service}/{environment}/base/**' },
  { path: 'components/{service}/base/**' },
]);
const files = {
  'components/api/dev/acme/x': '1',
  'components/api/production/acme/x': '1',
  'components/api/production/globex/x': '1',
  'components/web/production/acme/x': '1',
};
const names = (list: readonly { readonly tenant: string; readonly environment: string }[]) =>
  list.map(({ tenant, environment }) => `${tenant}/${environment}`);
const change = (path: string) => ({ path, before: undefined, after: undefined });

test('a shared path reaches those tenant-environments that read it, and no others', () => {
  const trees = memoryTrees();
  const changes = ['components/api/production/base/x', 'components/api/base/x', 'components/web/base/x'];
  const shared = trees.run(
    describeShared(
      layout,
      trees.tree(files),
      changes.map((path) => ({ ...change(path), included: false })),
    ),
  );
  expect(shared.map(({ reaches }) => names(reaches))).toEqual([
    ['acme/production', 'globex/production'],
    ['acme/dev', 'acme/production', 'globex/production'],
    ['acme/production'],
  ]);
});

test('among the paths of a plan only the shared ones are named', () => {
  const trees = memoryTrees();
  const paths = ['components/api/production/acme/x', 'components/api/base/x', 'README.md'].map(change);
  const shared = trees.run(scopeOfPaths(layout, trees.tree(files), paths));
  expect(shared.map(({ path, included }) => [path, included])).toEqual([['components/api/base/x', true]]);
});
