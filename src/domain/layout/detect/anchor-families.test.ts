import { expect, test } from 'vitest';
import { findFamilies, variablesOf } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { folderTree } from './folder-tree.ts';

const familiesOf = (...parents: readonly string[]) => {
  const paths = parents.flatMap((parent) => [`${parent}/dev/x`, `${parent}/prod/x`]);
  return findFamilies(findAnchors(folderTree(paths, 8)))
    .filter((family) => variablesOf(family).length > 0)
    .map(({ pattern, files }) => `${pattern.map((part) => part ?? '*').join('/')} ${files}`);
};

test('folders that differ by one name are a family', () => {
  expect(familiesOf('apps/api', 'apps/web', 'apps/group/deep')).toEqual(['apps/* 4']);
});

test('the name may stand anywhere, but wrappers are no names', () => {
  expect(familiesOf('api/overlays', 'web/overlays', 'web/envs')).toEqual(['*/overlays 4']);
});

test('two names are a family where both differ; its parts are not listed again', () => {
  expect(familiesOf('t/acme/api', 't/acme/web', 't/globex/api')).toEqual([
    't/*/* 6',
    't/acme/* 4',
    't/*/api 4',
  ]);
  expect(familiesOf('t/acme/apps/api', 't/globex/apps/web')).toEqual(['t/*/apps/* 4']);
});
