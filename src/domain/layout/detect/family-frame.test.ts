import { expect, test } from 'vitest';
import { findFamilies, variablesOf } from './anchor-families.ts';
import { findAnchors } from './environment-anchors.ts';
import { environmentOf, environmentPlaces, headOf, memberNames, sharedTemplates } from './family-frame.ts';
import { folderTree } from './folder-tree.ts';

function frameOf(paths: readonly string[], variables: number, roles: readonly ('tenant' | 'service')[]) {
  const root = folderTree(paths, 8);
  const family = findFamilies(findAnchors(root)).find((one) => variablesOf(one).length === variables);
  if (!family) throw new Error('no such family');
  return { root, family, roles, services: new Set(['api', 'web']) };
}

test('open positions become placeholders, and all above and beside is shared', () => {
  const paths = ['api', 'web'].flatMap((name) => [`apps/${name}/k8s/dev/x`, `apps/${name}/k8s/prod/x`]);
  const frame = frameOf([...paths, 'apps/base/web/x', 'charts/x/y', '.github/x'], 1, ['service']);
  expect(headOf(frame)).toBe('apps/{service}/k8s');
  expect(headOf(frame, 1)).toBe('apps');
  expect(environmentOf(frame)).toBe('apps/{service}/k8s/{environment}');
  expect([...memberNames(frame.family, 1)]).toEqual(['api', 'web']);
  expect(
    environmentPlaces(frame.family).map(({ member, environment }) => `${member} ${environment}`),
  ).toEqual(['api dev', 'api prod', 'web dev', 'web prod']);
  expect(sharedTemplates(frame)).toEqual(['apps/{service}/**', 'apps/base/{service}/**', 'charts/**']);
});

test('at the root of a repository what is shared is named, since nothing may match every path', () => {
  const paths = ['api', 'web'].flatMap((name) => [
    `${name}/dev/x`,
    `${name}/prod/x`,
    `${name}/base/x`,
    `${name}/OWNERS`,
  ]);
  const frame = frameOf([...paths, 'common/x', 'docs/x'], 1, ['service']);
  expect(sharedTemplates(frame)).toEqual(['{service}/base/**', '{service}/OWNERS', 'common/**']);
});

test('a base that holds folders with the names of services is shared service by service', () => {
  const frame = frameOf(['dev/api/x', 'prod/web/x', 'base/api/x', 'base/web/x'], 0, []);
  expect(sharedTemplates(frame)).toEqual(['base/{service}/**']);
});
