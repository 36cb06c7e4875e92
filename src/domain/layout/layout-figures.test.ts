import { expect, test } from 'vitest';
import { measureLayout } from './layout-figures.ts';
import { makeLayout } from './layout.ts';

const layout = makeLayout(
  [
    { path: 'apps/{service}/{environment}/{tenant}/**' },
    { path: 'apps/{service}/**' },
    { path: 'out/{tenant}/**', generated: true },
  ],
  ['prod', 'dev'],
);

test('names come from files of one tenant-environment, and every file is counted once', () => {
  const paths = [
    'apps/api/prod/acme/deep/er/a.yaml',
    'apps/api/prod/acme/deep/er/b.yaml',
    'apps/web/dev/zeta/a.yaml',
    'apps/only-shared/base/a.yaml',
    'apps/api/prod/a.yaml',
    'out/acme/a.yaml',
    'README.md',
  ];
  expect(measureLayout(layout, paths, [])).toEqual({
    tenants: ['acme', 'zeta'],
    environments: ['dev', 'prod'],
    services: ['api', 'web'],
    files: { total: 7, owned: 3, shared: 2, generated: 1, unmatched: 1 },
    commits: { total: 0, whole: 0, partly: 0 },
  });
});

test('a commit is covered as a whole, in part, or not at all; one that changed nothing does not count', () => {
  const commits = [['apps/a/b'], ['apps/a/b', 'x'], ['x', 'y'], []];
  expect(measureLayout(layout, [], commits).commits).toEqual({ total: 3, whole: 1, partly: 1 });
});

test('a file named by its own template is told apart from its folder', () => {
  const files = makeLayout([{ path: '{service}/{environment}.yaml' }, { path: '{service}/**' }], ['dev']);
  expect(measureLayout(files, ['a/dev.yaml', 'a/x.yaml', 'a/b/dev.yaml'], []).files).toMatchObject({
    owned: 1,
    shared: 2,
  });
});
