import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import { everything } from '../../tree/select.ts';
import { defaultTemplates, makeLayout } from '../layout/layout.ts';
import { generatedOutside, generatedOutsideText } from './generated-outside.ts';

const layout = makeLayout(defaultTemplates);
const acme = { tenant: 'acme', environment: 'production' };

const outside = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
  const trees = memoryTrees();
  const changes = trees.run(diffTrees(trees.tree(before), trees.tree(after), everything));
  return generatedOutside(layout, changes, acme);
};

const files = (own: string, others: string, shared = '1') => ({
  'variables.yaml': `A: ${shared}\n`,
  'tenants/acme/production/api/service.yaml': own,
  'delivery/acme/production/api/a.yaml': own,
  '.argocd/acme/production/api.yaml': own,
  'tenants/globex/production/api/service.yaml': others,
  'delivery/globex/production/api/a.yaml': others,
  '.argocd/globex/production/api.yaml': others,
  'delivery/acme/staging/api/a.yaml': others,
});

test('generated files of others are counted, also those that come or go; own ones and sources are not', () => {
  const before = files('v2', 'v1');
  expect(outside(before, files('v1', 'v1', '2'))).toBe(0);
  expect(outside(before, files('v1', 'v2'))).toBe(3);
  const { 'delivery/globex/production/api/a.yaml': _gone, ...fewer } = before;
  expect(outside(before, { ...fewer, 'delivery/initech/production/web/a.yaml': 'x' })).toBe(2);
});

test('a plan of no single tenant-environment has no outside', () => {
  expect(generatedOutside(layout, [], { tenant: undefined, environment: 'production' })).toBeUndefined();
  expect(generatedOutsideText({ ...acme })).toBeUndefined();
  expect(generatedOutsideText({ ...acme, generatedOutside: null })).toBeUndefined();
});

test('people read a number and a place', () => {
  const text = (generatedOutside: number) => generatedOutsideText({ ...acme, generatedOutside });
  expect(text(0)).toBe('0 generated files change outside acme/production');
  expect(text(1)).toBe('1 generated file changes outside acme/production');
});
