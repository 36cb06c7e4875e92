import { expect, test } from 'vitest';
import type { KubeApi } from './kube-api.ts';
import { kindFinder } from './kube-kinds.ts';

/** An API server that answers each path with this list of kinds. */
const serving = (lists: Readonly<Record<string, unknown>>): Pick<KubeApi, 'get'> => ({
  get: (path) => Promise.resolve({ kind: 'APIResourceList', ...(lists[path] as object) }),
});

const find = (lists: Readonly<Record<string, unknown>>) => kindFinder(serving(lists));
const deployments = { kind: 'Deployment', name: 'deployments', namespaced: true };

test('a kind is found in its own group and version, without the parts of its objects', async () => {
  const scale = { kind: 'Scale', name: 'deployments/scale', group: 'autoscaling', namespaced: true };
  const resources = [scale, deployments];
  const findKind = find({ '/apis/apps/v1': { groupVersion: 'apps/v1', resources } });
  expect(await findKind('apps', 'v1', 'Deployment')).toMatchObject({ group: 'apps', plural: 'deployments' });
  expect(await findKind('apps', 'v1', 'Scale')).toBeUndefined();
});

test('a kind of another group or version is not taken for it', async () => {
  for (const foreign of [
    { groupVersion: 'example.com/v1', resources: [deployments] },
    { groupVersion: 'apps/v2', resources: [deployments] },
    { resources: [deployments] },
    { groupVersion: 'apps/v1', resources: [{ ...deployments, group: 'example.com' }] },
    { groupVersion: 'apps/v1', resources: [{ ...deployments, version: 'v1beta1' }] },
  ])
    expect(await find({ '/apis/apps/v1': foreign })('apps', 'v1', 'Deployment')).toBeUndefined();
  const core = { '/api/v1': { groupVersion: 'v1', resources: [{ kind: 'Pod', name: 'pods' }] } };
  expect(await find(core)('', 'v1', 'Pod')).toMatchObject({ group: '', plural: 'pods' });
});
