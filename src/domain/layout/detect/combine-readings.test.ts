import { expect, test } from 'vitest';
import { findFamilies } from './anchor-families.ts';
import { combine } from './combine-readings.ts';
import { findAnchors } from './environment-anchors.ts';
import { readFamily } from './family-readings.ts';
import { folderTree } from './folder-tree.ts';

function combined(first: string, paths: readonly string[]) {
  const root = folderTree(paths, 8);
  const families = findFamilies(findAnchors(root));
  const read = families.flatMap((family) => readFamily(root, family).map((reading) => ({ family, reading })));
  const chosen = read.find(({ reading }) => reading.templates[0] === first);
  return chosen && combine(chosen, families, (family) => readFamily(root, family));
}
const both = (...parents: readonly string[]) =>
  parents.flatMap((parent) => [`${parent}/dev/x.yaml`, `${parent}/prod/x.yaml`]);

test('a group of services one folder deeper joins, with its name spelt out', () => {
  const paths = both('c/api', 'c/web', 'c/group/one', 'c/group/two');
  expect(combined('c/{service}/{environment}/**', paths)?.templates).toEqual([
    'c/{service}/{environment}/**',
    'c/{service}/**',
    'c/group/{service}/{environment}/**',
    'c/group/{service}/**',
  ]);
});

test('a single service with a wrapper is one of the services', () => {
  const found = combined('c/{service}/{environment}/**', both('c/api', 'c/web', 'c/old/overlays'));
  expect(found?.templates).toContain('c/{service}/overlays/{environment}/**');
  expect(found?.environments).toEqual(['dev', 'prod']);
});

test('what would give names that the first one lacks stays out', () => {
  const tenants = ['t/a/one', 't/a/two', 't/b/one', 't/b/two'];
  const found = combined('c/{service}/{environment}/**', both('c/api', 'c/web', ...tenants));
  expect(found?.templates.some((template) => template.includes('{tenant}'))).toBe(false);
});

test('environments beyond what fits into a template are left out', () => {
  const names = Array.from({ length: 100 }, (_, index) => `prod-${String(index).padStart(12, '0')}`);
  const found = combined(
    '{environment}/**',
    names.map((name) => `${name}/x.yaml`),
  );
  expect(found?.environments.join('|').length).toBeLessThan(800);
  expect(found?.environments.length).toBeGreaterThan(30);
});
