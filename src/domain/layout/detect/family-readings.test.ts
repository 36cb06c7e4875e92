import { expect, test } from 'vitest';
import { findFamilies, variablesOf } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { readFamily } from './family-readings.ts';
import { folderTree } from './folder-tree.ts';

const readingsOf = (variables: number, paths: readonly string[]) => {
  const root = folderTree(paths, 8);
  const family = findFamilies(findAnchors(root)).find((one) => variablesOf(one).length === variables);
  return (family ? readFamily(root, family) : []).toSorted((a, b) => b.evidence - a.evidence);
};
const cross = (a: readonly string[], b: readonly string[], c: readonly string[]) =>
  a.flatMap((x) => b.flatMap((y) => c.map((z) => `${x}/${y}/${z}/kustomization.yaml`)));
const firstOf = (variables: number, paths: readonly string[]) =>
  readingsOf(variables, paths).map(({ templates }) => templates[0]);

test('what the names before and after the environment are follows from the folder that holds them', () => {
  const below = [
    ['dev', 'prod'],
    ['one', 'two'],
  ] as const;
  expect(firstOf(1, cross(['tenants/a', 'tenants/b'], ...below))[0]).toBe(
    'tenants/{tenant}/{environment}/{service}/**',
  );
  expect(firstOf(1, cross(['apps/a', 'apps/b'], ...below))).toContain(
    'apps/{service}/{environment}/{tenant}/**',
  );
  expect(firstOf(1, cross(['apps/a', 'apps/b'], ...below))).not.toContain(
    'apps/{tenant}/{environment}/{service}/**',
  );
});

test('without such a folder the names themselves tell, and both readings are offered', () => {
  const readings = firstOf(1, cross(['x/api', 'x/web', 'x/auth'], ['dev', 'prod'], ['acme', 'globex']));
  expect(readings).toEqual([
    'x/{service}/{environment}/**',
    'x/{service}/{environment}/{tenant}/**',
    'x/{tenant}/{environment}/{service}/**',
  ]);
});

test('parts of one service are not tenants', () => {
  const paths = cross(['apps/a', 'apps/b'], ['dev', 'prod'], ['templates', 'patches']);
  expect(firstOf(1, paths)).toEqual(['apps/{service}/{environment}/**']);
});

test('two names before the environment are tenant and service, the other way round where the names say so', () => {
  const pairs = (outer: readonly string[], inner: readonly string[]) =>
    outer.flatMap((a) =>
      cross(
        inner.map((b) => `r/${a}/${b}`),
        ['dev', 'prod'],
        ['x'],
      ),
    );
  expect(firstOf(2, pairs(['acme', 'globex'], ['one', 'two']))).toEqual([
    'r/{tenant}/{service}/{environment}/**',
  ]);
  expect(firstOf(2, pairs(['api', 'web'], ['acme', 'globex']))).toEqual([
    'r/{service}/{tenant}/{environment}/**',
  ]);
});
