import { expect, test } from 'vitest';
import { findFamilies, variablesOf } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { namesIn } from './folder-names.ts';
import { folderTree } from './folder-tree.ts';
import { frameOf, plain, withFolders } from './reading.ts';

const root = folderTree(
  ['apps/api/dev/acme/x', 'apps/api/prod/acme/x', 'apps/web/dev/x', 'apps/web/prod/base/x'],
  8,
);
const family = findFamilies(findAnchors(root)).find((one) => variablesOf(one).length === 1);
if (!family) throw new Error('no family');

test('a frame knows the names of its services, where the members are services', () => {
  expect([...frameOf(root, family, ['service']).services]).toEqual(['api', 'web']);
  expect([...frameOf(root, family, ['tenant']).services]).toEqual([]);
  expect([...frameOf(root, family, ['tenant'], ['x']).services]).toEqual(['x']);
});

test('what is below an environment is left alone, or read as names with exceptions', () => {
  const frame = frameOf(root, family, ['service']);
  expect(plain(frame, 1)).toEqual({
    templates: ['apps/{service}/{environment}/**', 'apps/{service}/**'],
    placeholders: ['service', 'environment'],
    roles: ['service'],
    evidence: 1,
  });
  const base = folderTree(['base/x'], 8);
  const others = namesIn([{ member: '', environment: '', folder: base }]);
  expect(withFolders(frame, 'tenant', { evidence: 1, others }).templates).toEqual([
    'apps/{service}/{environment}/{tenant}/**',
    'apps/{service}/{environment}/**',
    'apps/{service}/**',
    'apps/{service}/{environment}/base/**',
  ]);
});
