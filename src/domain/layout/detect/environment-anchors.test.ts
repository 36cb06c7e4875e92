import { expect, test } from 'vitest';
import { findAnchors } from './environment-anchors.ts';
import { folderTree } from './folder-tree.ts';

const anchorsOf = (...paths: readonly string[]) =>
  findAnchors(folderTree(paths, 8)).map(({ parent, environments, affix, files }) => ({
    at: [...parent, `${affix?.prefix ?? ''}*${affix?.suffix ?? ''}`].join('/'),
    environments,
    files,
  }));

test('environments stand beside each other; a base beside them is none', () => {
  expect(anchorsOf('api/dev/x', 'api/prod/x', 'api/prod/y', 'api/base/x', 'README')).toEqual([
    { at: 'api/*', environments: ['dev', 'prod'], files: 3 },
  ]);
});

test('a single one counts where it is known from elsewhere', () => {
  expect(anchorsOf('api/dev/x', 'api/prod/x', 'web/prod/x', 'qa/x').map(({ at }) => at)).toEqual([
    'api/*',
    'web/*',
  ]);
  expect(anchorsOf('clusters/production/x').map(({ at }) => at)).toEqual(['clusters/*']);
  expect(anchorsOf('src/test/x', 'docs/x')).toEqual([]);
});

test('one word among many names is the name of something', () => {
  const paths = ['a', 'b', 'c', 'd', 'integration'].flatMap((name) => [
    `components/${name}/dev/x`,
    `components/${name}/integration/x`,
  ]);
  expect(anchorsOf(...paths).map(({ at }) => at)).not.toContain('components/*');
});

test('files may be the environments, with text round them', () => {
  expect(anchorsOf('api/values-dev.yaml', 'api/values-prod-eu.yaml', 'api/values.yaml')).toEqual([
    { at: 'api/values-*.yaml', environments: ['dev', 'prod-eu'], files: 2 },
  ]);
  expect(
    anchorsOf('api/dev.yaml', 'api/prod.yaml', 'api/web-dev.values.yaml', 'api/web-prod.values.yaml'),
  ).toEqual([
    { at: 'api/*.yaml', environments: ['dev', 'prod'], files: 2 },
    { at: 'api/web-*.values.yaml', environments: ['dev', 'prod'], files: 2 },
  ]);
  expect(anchorsOf('patches/add-dev-volumes.yaml', 'patches/add-dev-mounts.yaml')).toEqual([]);
});
