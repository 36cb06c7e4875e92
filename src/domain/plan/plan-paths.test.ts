import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';
import { movedPaths, pathsOf } from './plan-paths.ts';

const api = 'tenants/acme/production/api/se@rv#ice.yaml';
const web = 'tenants/acme/production/web/service.yaml';

test('a plan decides about the paths of its files, or of its fields', () => {
  const now = { [api]: 'tag: v2\nreplicas: 3\n', [web]: 'tag: v2\n' };
  const past = { [api]: 'tag: v1\nreplicas: 2\n', [web]: 'tag: v1\n' };
  expect(pathsOf(rollBack({ now, past }).plan)).toEqual([api, web]);
  expect(pathsOf(rollBack({ now, past, service: 'api', fields: ['tag', 'replicas'] }).plan)).toEqual([api]);
});

test('two plans differ about a path that has another content now, and about one that is new', () => {
  const past = { [api]: 'tag: v1\n' };
  const before = rollBack({ now: { [api]: 'tag: v2\n' }, past }).plan;
  expect(movedPaths(before, before)).toEqual([]);
  expect(movedPaths(before, rollBack({ now: { [api]: 'tag: v3\n' }, past }).plan)).toEqual([api]);
  const grown = rollBack({ now: { [api]: 'tag: v2\n', [web]: 'x: 1\n' }, past }).plan;
  expect(movedPaths(before, grown)).toEqual([web]);
});
