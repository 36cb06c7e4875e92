import { expect, test } from 'vitest';
import { filesIn, namesIn, unitShare } from './folder-names.ts';
import { folderTree } from './folder-tree.ts';

const place = (member: string, environment: string, ...paths: readonly string[]) => ({
  member,
  environment,
  folder: folderTree(paths, 8),
});

test('names are counted over members and environments, the most files first', () => {
  const names = namesIn([
    place('api', 'dev', 'acme/kustomization.yaml', 'acme/x', 'base/x'),
    place('api', 'prod', 'acme/x', '{bad}/x'),
    place('web', 'prod', 'acme/x', 'top'),
  ]);
  expect(
    names.map(({ name, members, environments, files, shared }) => [
      name,
      members,
      environments,
      files,
      shared,
    ]),
  ).toEqual([
    ['acme', 2, 2, 4, false],
    ['base', 1, 1, 1, true],
  ]);
  expect(filesIn(names)).toBe(5);
  expect(unitShare(names)).toBe(0.25);
  expect(unitShare([])).toBe(0);
});
