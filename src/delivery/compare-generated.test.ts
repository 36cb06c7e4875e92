import { expect, test } from 'vitest';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { generatorIn, project, regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { compareGenerated } from './compare-generated.ts';

const api = 'tenants/acme/production/api/service.yaml';
const then = regenerated(smallShop);

/** Compares after some change with the small shop, everything generated. */
function compare(after: TreeLiteral, target: TreeLiteral = then, where: object = {}) {
  const trees = memoryTrees();
  const place = { tenant: 'acme', environment: 'production', service: undefined, ...where };
  const pair = { ...place, after: trees.tree(after), target: trees.tree(target) };
  return trees.run(compareGenerated(generatorIn(after), pair));
}
const changed = (files: Readonly<Record<string, string>>) => regenerated({ ...then, ...files }, then);
const because = (...reasons: readonly string[]) => ({ exact: false, differs: [{ service: 'api', reasons }] });

test('the same sources are exact, also when others have changed', () => {
  expect(compare(then)).toEqual({ exact: true, differs: [] });
  const others = changed({
    'tenants/globex/variables.yaml': 'X: 1\n',
    'bases/api/deployment.yaml': 'a: 1\n',
  });
  expect(compare(others)).toEqual({ exact: true, differs: [] });
  expect(compare(then, then, { tenant: 'nobody' })).toBeUndefined();
});

test('a shared variable, a base, a setting and a field that stayed are reasons', () => {
  const variables = { 'variables.yaml': 'LEVEL: debug\n' };
  expect(compare(changed(variables))).toEqual(because('variables.yaml is not as it was then'));
  const nearer = { 'environments/production/variables.yaml': 'LEVEL: debug\n' };
  expect(compare(changed(nearer))).toEqual(
    because('environments/production/variables.yaml is not as it was then'),
  );
  const base = { 'bases/api/deployment.yaml': 'a: 1\n' };
  expect(compare(changed(base), then, { tenant: 'globex' })).toEqual(
    because('bases/api/deployment.yaml is not as it was then'),
  );
  const settings = { 'knowngood.yaml': project.replace('targetRevision: main', 'targetRevision: live') };
  expect(compare(changed(settings))).toEqual(because('knowngood.yaml is not as it was then'));
  const field = { [api]: (then[api] ?? '').replace('replicas: 2', 'replicas: 3') };
  expect(compare(changed(field))).toEqual(because(`${api} is not as it was then`));
  expect(compare(changed(field), then, { service: 'other' })).toEqual({ exact: true, differs: [] });
});

test('a file that only pins changed is no reason, unless it is the only one', () => {
  const own = 'tenants/acme/production/api/variables.yaml';
  const pinned = { pinned: new Set([own]) };
  expect(
    compare(changed({ [own]: 'OTHER: pinned\n', 'variables.yaml': 'LEVEL: debug\n' }), then, pinned),
  ).toEqual(because('variables.yaml is not as it was then'));
  expect(compare(changed({ [own]: 'LEVEL: pinned\n' }), then, pinned)).toEqual(
    because(`${own} is not as it was then`),
  );
});

test('with the same sources it was another generator, or none', () => {
  const edited = (edit: (text: string) => string) =>
    Object.fromEntries(
      Object.entries(then).map(([path, text]) => [
        path,
        path.startsWith('delivery/acme') ? edit(text) : text,
      ]),
    );
  expect(
    compare(
      then,
      edited((text) => text.replace('generator 1', 'generator 0')),
    ),
  ).toEqual(because('the generator had version 0 then and has 1 now'));
  expect(
    compare(
      then,
      edited(() => 'by: hand\n'),
    ),
  ).toEqual(because('its generated files were not what its sources said then'));
  expect(compare(then, smallShop)).toEqual(because('nothing was generated for it then'));
  const without = Object.fromEntries(Object.entries(then).filter(([path]) => path !== api));
  expect(
    compare(
      without,
      edited(() => 'by: hand\n'),
    ),
  ).toEqual(because('it has no service.yaml now'));
});
