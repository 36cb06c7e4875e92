import { expect, test } from 'vitest';
import { generatorIn, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import { pinShared } from './pin-shared.ts';

type Files = Readonly<Record<string, string>>;

const adopted = makeLayout([
  { path: 'apps/{service}/{environment}/{tenant}/**' },
  { path: 'apps/{service}/base/**' },
]);

function pinsBetween(past: Files, after: Files, bound = false) {
  const trees = memoryTrees();
  const generator = bound ? generatorIn(after) : undefined;
  const layout = generator?.layout ?? adopted;
  const where = { tenant: 'acme', environment: 'production', service: undefined };
  const answer = trees.run(
    pinShared({ ...where, layout, generator, past: trees.tree(past), after: trees.tree(after) }),
  );
  return { ...answer, pins: answer.pins.map(({ file, name, value }) => ({ file, name, value })) };
}

const web = (tag: string): Files => ({
  'apps/web/base/deployment.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: "web:${tag}" }] } } }\n`,
  'apps/web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/web/production/acme/kustomization.yaml': 'resources: [../../base]\n',
  'apps/web/production/globex/kustomization.yaml': 'resources: [../../base]\n',
  'apps/api/base/values.yaml': `image: { tag: ${tag} }\n`,
  'apps/api/production/acme/values.yaml': 'level: info\n',
});

test('services are pinned as they are made: overlays in their kustomization, charts in their values', () => {
  expect(pinsBetween(web('v1'), web('v2'))).toEqual({
    pins: [
      { file: 'apps/api/production/acme/values.yaml', name: 'image.tag', value: 'v1' },
      {
        file: 'apps/web/production/acme/kustomization.yaml',
        name: 'images[web]',
        value: { name: 'web', newTag: 'v1' },
      },
    ],
    unpinned: [],
  });
  expect(pinsBetween(web('v1'), web('v1'))).toEqual({ pins: [], unpinned: [] });
});

const api = 'tenants/acme/production/api/service.yaml';
const shop = (tag: string, service: string): Files => ({
  ...smallShop,
  'plain/api/deployment.yaml': (smallShop['plain/api/deployment.yaml'] ?? '').replace(
    'ghcr.io/example/api',
    `ghcr.io/example/api:${tag}`,
  ),
  [api]: serviceText(service),
});

test('a service.yaml takes what it does not say itself, and one that cannot be read takes nothing', () => {
  const bound = 'binding: { type: manifests, source: plain/api }\n';
  expect(pinsBetween(shop('v1', bound), shop('v2', bound), true).pins).toEqual([
    { file: api, name: 'image', value: { repository: 'ghcr.io/example/api', tag: 'v1' } },
  ]);
  const said = `image: { repository: ghcr.io/example/api, tag: v9 }\n${bound}`;
  expect(pinsBetween(shop('v1', said), shop('v2', said), true).pins).toEqual([]);
  expect(pinsBetween(shop('v1', bound), shop('v2', 'binding: 1\n'), true).pins).toEqual([]);
});
