import { expect, test } from 'vitest';
import { findFamilies } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { environmentPlaces } from './family-frame.ts';
import { fileReading } from './file-reading.ts';
import { folderTree } from './folder-tree.ts';

function readingOf(...names: readonly string[]) {
  const paths = ['dev', 'prod'].flatMap((environment) => names.map((name) => `tags/${environment}/${name}`));
  const root = folderTree(paths, 8);
  const [family] = findFamilies(findAnchors(root));
  if (!family) throw new Error('no family');
  const frame = { root, family, roles: [], services: new Set<string>() };
  return fileReading(frame, environmentPlaces(family), paths.length);
}

test('each file is a service, but for those that never are', () => {
  expect(readingOf('api.yaml', 'web.yaml', 'kustomization.yaml')?.templates).toEqual([
    'tags/{environment}/{service}.yaml',
    'tags/{environment}/kustomization.yaml',
    'tags/{environment}/**',
    'tags/**',
  ]);
  expect(readingOf('api', 'web')?.templates[0]).toBe('tags/{environment}/{service}');
});

test('files of one thing, or files beside many folders, are no services', () => {
  expect(readingOf('kustomization.yaml', 'namespace.yaml', 'values.yaml')).toBeUndefined();
  expect(readingOf('a.yaml', 'b.yaml', 'x/1', 'x/2', 'x/3')).toBeUndefined();
});
