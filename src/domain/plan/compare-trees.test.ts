import { expect, test } from 'vitest';
import { memoryTrees } from '../../../test/kit/memory-trees.ts';
import { standardLayout } from '../../../test/kit/plans.ts';
import { compareTrees } from './compare-trees.ts';

const path = (service: string) => `tenants/acme/production/${service}/service.yaml`;
const scope = { tenant: 'acme', environment: 'production', service: undefined };

test('files and fields of the scope are listed per service, and nothing of others', () => {
  const trees = memoryTrees();
  const from = trees.tree({ [path('api')]: 'tag: v1\nreplicas: 2\n', 'tenants/globex/production/x/a': '1' });
  const to = trees.tree({ [path('api')]: 'tag: v2\nreplicas: 2\n', [path('web')]: 'tag: v1\n' });
  const found = trees.run(compareTrees(standardLayout, scope, { from, to }));
  expect(found.services).toMatchObject([
    {
      service: 'api',
      files: [{ path: path('api'), change: 'modified' }],
      fields: [{ field: 'tag', before: 'v1', after: 'v2' }],
    },
    { service: 'web', files: [{ path: path('web'), change: 'added' }], fields: [] },
  ]);
  expect(found.opaque).toEqual([{ path: path('web'), reason: 'the file does not exist now' }]);
  const one = trees.run(compareTrees(standardLayout, { ...scope, service: 'web' }, { from, to }));
  expect(one.services.map(({ service }) => service)).toEqual(['web']);
});

test('a comparison with more files than are listed says so', () => {
  const trees = memoryTrees();
  const many = Object.fromEntries(
    Array.from({ length: 501 }, (_, at) => [`tenants/acme/production/api/${at}.yaml`, '1']),
  );
  const found = trees.run(compareTrees(standardLayout, scope, { from: undefined, to: trees.tree(many) }));
  expect(found.complete).toBe(false);
  expect(found.services[0]?.files).toHaveLength(500);
});
