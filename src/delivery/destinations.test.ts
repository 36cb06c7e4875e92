import { expect, test } from 'vitest';
import { generatorIn, regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { readDestinations } from './destinations.ts';

type Files = Readonly<Record<string, string>>;

/** The names of services by where they go. */
function together(files: Files, written: Files = {}): readonly (readonly string[])[] {
  const trees = memoryTrees();
  const placed = trees.run(
    readDestinations(generatorIn(files), trees.tree(files), new Map(Object.entries(written))),
  );
  const groups = Map.groupBy(placed, ({ destination }) => destination);
  return [...groups.values()].map((group) =>
    group.map(({ place: { tenant, environment, service } }) => `${tenant}/${environment}/${service}`),
  );
}

const given = regenerated(smallShop);
const shared = 'namespace: shop\ncluster: eu-1\n';

test('services go together where their Applications name one namespace of one cluster, whoever they belong to', () => {
  for (const group of together(given))
    expect(new Set(group.map((name) => name.split('/').slice(0, 2).join('/'))).size).toBe(1);
  const one = regenerated({
    ...given,
    'tenants/acme/production/environment.yaml': shared,
    'tenants/globex/production/environment.yaml': shared,
  });
  expect(together(one)).toContainEqual(
    expect.arrayContaining(['acme/production/api', 'globex/production/api']),
  );
});

test('what is written counts before what is there, and a service without an Application stays with its own', () => {
  const path = '.argocd/globex/production/api.yaml';
  const acme = given['.argocd/acme/production/api.yaml'] ?? '';
  expect(together(given, { [path]: acme })).toContainEqual(
    expect.arrayContaining(['acme/production/api', 'globex/production/api']),
  );
  const plain = {
    'tenants/acme/production/old/a.yaml': 'a: 1\n',
    'tenants/globex/production/old/a.yaml': 'a: 1\n',
  };
  const groups = together({ ...given, ...plain });
  expect(groups).toContainEqual(['acme/production/old']);
  expect(groups).toContainEqual(['globex/production/old']);
});
