import { expect, test } from 'vitest';
import { generatorIn, regenerated, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { generateChange } from './generate-change.ts';

type Files = Readonly<Record<string, string>>;
const binding = 'binding: { type: manifests, source: plain/api }\n';
const service = (place: string): Files => ({ [`tenants/${place}/service.yaml`]: serviceText(binding) });
const twin = 'tenants/acme/production/twin/service.yaml';
const given = regenerated(smallShop);

const change = (before: Files | undefined, after: Files) => {
  const trees = memoryTrees();
  const pair = { before: before && trees.tree(before), after: trees.tree(after) };
  return { trees, run: () => trees.run(generateChange(generatorIn(after), pair)) };
};
const both =
  /twin\/service\.yaml:1: makes Deployment api, and so does tenants\/acme\/production\/api\/service\.yaml/;

test('a service that makes an object of another one is refused with both', () => {
  const after = { ...given, ...service('acme/production/twin') };
  expect(change(given, after).run).toThrow(both);
  const made = change(undefined, after).run;
  expect(made).toThrow('api/service.yaml:1: makes Deployment api, and so does tenants/acme/production/twin');
});

test('tenants that go to one namespace of one cluster collide, others do not', () => {
  const other = { ...given, ...service('globex/dev/mine') };
  expect(change(given, other).run).not.toThrow();
  const shared = { ...other, 'tenants/globex/dev/environment.yaml': 'namespace: shop\ncluster: eu-1\n' };
  expect(change(given, shared).run).toThrow('tenants/globex/dev/mine/service.yaml:1: makes Deployment api');
  const elsewhere = shared['tenants/globex/dev/environment.yaml'].replace('eu-1', 'eu-2');
  expect(change(given, { ...shared, 'tenants/globex/dev/environment.yaml': elsewhere }).run).not.toThrow();
});

test('another name makes it well, and so does a move of the object from one service to the other', () => {
  const patched = {
    ...given,
    'plain/twin/a.yaml': (given['plain/api/deployment.yaml'] ?? '').replace('name: api', 'name: twin'),
  };
  expect(
    change(given, { ...patched, [twin]: serviceText(binding.replace('plain/api', 'plain/twin')) }).run,
  ).not.toThrow();
  const moved = Object.fromEntries(
    Object.entries({ ...given, ...service('acme/production/twin') }).filter(
      ([path]) => path !== 'tenants/acme/production/api/service.yaml',
    ),
  );
  expect(change(given, moved).run).not.toThrow();
});

test('what collides already is left to be mended, and other changes go on', () => {
  const already = regenerated({ ...given, ...service('acme/production/twin') });
  const after = { ...already, [twin]: serviceText(`${binding}replicas: 9\n`) };
  expect(change(already, after).run()).not.toEqual([]);
});

test('a change of a value looks at the files of its own service alone', () => {
  const file = 'tenants/acme/production/api/service.yaml';
  const after = { ...given, [file]: (given[file] ?? '').replace('tag: v1', 'tag: v2') };
  const { trees, run } = change(given, after);
  run();
  const foreign = given['.argocd/globex/production/api.yaml'] ?? '';
  expect(trees.asked).not.toContain(trees.oidOf(foreign));
});
