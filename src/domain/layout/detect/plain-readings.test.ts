import { expect, test } from 'vitest';
import { folderTree } from './folder-tree.ts';
import { readWithoutEnvironments } from './plain-readings.ts';

const best = (...paths: readonly string[]) =>
  readWithoutEnvironments(folderTree(paths, 8)).toSorted((a, b) => b.evidence - a.evidence)[0]?.templates;

test('folders with manifests are services', () => {
  expect(best('apps/a/x.yaml', 'apps/b/x.yaml', 'apps/base/x.yaml', 'README.md')).toEqual([
    'apps/{service}/**',
    'apps/base/**',
    'apps/**',
  ]);
});

test('kinds of things are spelt out together', () => {
  const kinds = ['apps', 'infrastructure'].flatMap((kind) => [
    `${kind}/${kind}1/x.yaml`,
    `${kind}/${kind}2/x.yaml`,
  ]);
  expect(best(...kinds)).toEqual([
    'apps/{service}/**',
    'apps/**',
    'infrastructure/{service}/**',
    'infrastructure/**',
  ]);
});

test('folders of teams hold services', () => {
  expect(best('teams/a/api/values.yaml', 'teams/b/jobs/values.yaml')?.[0]).toBe(
    'teams/{tenant}/{service}/**',
  );
});

test('environments are neither services nor tenants, and source code is nothing', () => {
  expect(best('x/dev/a.yaml', 'x/prod/a.yaml')).toBeUndefined();
  expect(best('src/a/x.go', 'src/b/y.go', 'src/c/z.go')).toBeUndefined();
});

test('at the root of a repository services are named where other folders stand beside them', () => {
  expect(best('a/kustomization.yaml', 'b/kustomization.yaml', '.github/workflows/x.yaml')).toEqual([
    '{service:a|b}/**',
  ]);
  expect(best('a/kustomization.yaml', 'b/kustomization.yaml', 'README.md')).toEqual(['{service}/**']);
});
