import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import { pinAdoptedValues } from './pin-adopted-values.ts';
import { treeTexts } from './tree-texts.ts';

type Files = Readonly<Record<string, string>>;

const layout = makeLayout([
  { path: 'apps/{service}/{environment}/{tenant}/**' },
  { path: 'apps/{service}/values.yaml' },
]);
const place = { tenant: 'acme', environment: 'production', service: 'web' };
const own = 'apps/web/production/acme';
const files = (tag: string, more: Files): Files => ({
  'apps/web/values.yaml': `image: { tag: ${tag} }\n`,
  ...more,
});

function pinsOf(past: Files, after: Files) {
  const trees = memoryTrees();
  const [then, now] = [treeTexts(trees.tree(past)), treeTexts(trees.tree(after))];
  return trees.run(pinAdoptedValues({ layout, place, past: then, after: now }));
}

test('a shared value is pinned in the own values file, and without one the answer says so', () => {
  const values = { [`${own}/values.yaml`]: 'level: info\n' };
  expect(pinsOf(files('v1', values), files('v2', values)).pins).toMatchObject([
    { file: `${own}/values.yaml`, name: 'image.tag', value: 'v1', now: 'v2', shared: 'apps/web/values.yaml' },
  ]);
  const bare = { [`${own}/notes.yaml`]: 'a: 1\n' };
  expect(pinsOf(files('v1', bare), files('v2', bare))).toEqual({
    pins: [],
    unpinned: [{ service: 'web', name: 'image.tag', reason: 'it has no values file of its own' }],
  });
});

test('a file that an Application names and that is not there is said', () => {
  const app = {
    [`${own}/app.yaml`]:
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\nspec: { source: { path: charts/web, helm: { valueFiles: [/shared.yaml] } } }\n',
  };
  expect(pinsOf({ ...app, 'shared.yaml': 'a: 1\n' }, app).unpinned).toMatchObject([
    { service: 'web', reason: 'shared.yaml:1: does not exist' },
  ]);
});

test('an Application of which too little can be told is said where a shared file of it changed, and else not', () => {
  const release = '{ path: charts/web, helm: { valueFiles: [/apps/web/values.yaml] } }';
  const app = (spec: string, name = 'app.yaml') => ({
    [`${own}/${name}`]: `kind: Application\nspec: ${spec}\n`,
  });
  const charts = app(`{ sources: [${release}, ${release}] }`);
  expect(pinsOf(files('v1', charts), files('v2', charts)).unpinned).toMatchObject([
    { service: 'web', reason: 'its Application has several charts' },
  ]);
  expect(pinsOf(files('v1', charts), files('v1', charts)).unpinned).toEqual([]);
  const two = {
    ...app(`{ source: ${release} }`),
    ...app(`{ source: ${release} }`, 'b.yaml'),
  };
  expect(pinsOf(files('v1', two), files('v2', two)).unpinned).toMatchObject([
    { service: 'web', reason: 'it has several Applications' },
  ]);
});
