import { expect, test } from 'vitest';
import { findFamilies, variablesOf } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { readEnvironmentFirst } from './environment-first.ts';
import { folderTree } from './folder-tree.ts';

const readingsOf = (paths: readonly string[]) => {
  const root = folderTree(paths, 8);
  const family = findFamilies(findAnchors(root)).find((one) => variablesOf(one).length === 0);
  return (family ? readEnvironmentFirst(root, family) : []).toSorted((a, b) => b.evidence - a.evidence);
};
const cross = (a: readonly string[], b: readonly string[], c: readonly string[]) =>
  a.flatMap((x) => b.flatMap((y) => c.map((z) => `${x}/${y}/${z}/kustomization.yaml`)));
const firstOf = (paths: readonly string[]) => readingsOf(paths).map(({ templates }) => templates[0]);

test('names that recur below an environment are services of tenants', () => {
  expect(firstOf(cross(['dev', 'prod'], ['acme', 'globex'], ['api', 'web']))).toContain(
    '{environment}/{tenant}/{service}/**',
  );
  expect(firstOf(cross(['dev', 'prod'], ['api', 'web'], ['acme', 'globex']))).toContain(
    '{environment}/{service}/{tenant}/**',
  );
});

test('kinds of things below an environment are spelt out', () => {
  const [kinds] = readingsOf(cross(['dev', 'prod'], ['apps', 'infrastructure'], ['one', 'two']));
  expect(kinds?.templates.slice(0, 2)).toEqual([
    '{environment}/apps/{service}/**',
    '{environment}/infrastructure/{service}/**',
  ]);
});
