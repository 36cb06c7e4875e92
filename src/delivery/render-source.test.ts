import { expect, test } from 'vitest';
import { generatorIn, regenerated, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { type TreeLiteral, memoryTrees } from '../../test/kit/memory-trees.ts';
import { chart, overlay, tinyChart } from '../../test/kit/render-shapes.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import { readRenderSource } from './render-source.ts';

const apps = makeLayout([{ path: 'apps/{service}/{environment}/**' }]);
const mayRead = () => true;

/** What is rendered for a service that people wrote themselves. */
function adopted(files: TreeLiteral, service = 'web') {
  const trees = memoryTrees();
  const place = { tenant: 'default', environment: 'production', service };
  return trees.run(
    readRenderSource(trees.tree(files), { layout: apps, generator: undefined, place, mayRead }),
  );
}

/** What is rendered for a service of a project with a generator. */
function bound(files: TreeLiteral, tenant = 'acme') {
  const trees = memoryTrees();
  const generator = generatorIn(files);
  const place = { tenant, environment: 'production', service: 'api' };
  return trees.run(
    readRenderSource(trees.tree(files), { layout: generator.layout, generator, place, mayRead }),
  );
}

test('a folder with a kustomization is built with everything that it builds on, and nothing else', () => {
  const source = adopted({ ...overlay('v1'), 'apps/web/dev/other.yaml': 'a: 1\n', 'README.md': 'x' });
  expect(source.kind === 'kustomize' ? [source.folder, ...source.files.keys()].toSorted() : source).toEqual(
    ['apps/web/production', ...Object.keys(overlay('v1'))].toSorted(),
  );
});

test('a folder with a chart is rendered under the name of its service, and one with manifests is read', () => {
  expect(adopted(chart('apps/web/production', 'v1'))).toMatchObject({
    kind: 'helm',
    chart: 'apps/web/production',
    release: 'web',
    values: [],
  });
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
  expect(adopted({ 'apps/web/production/a.yaml': manifest, 'apps/web/production/b.txt': 'x' })).toMatchObject(
    {
      kind: 'manifests',
      files: [{ text: manifest }],
    },
  );
  expect(adopted({ 'apps/other/production/a.yaml': manifest })).toEqual({ kind: 'none' });
});

test('a generated service is rendered from what is generated for it', () => {
  const shop = regenerated(smallShop);
  expect(bound(shop)).toMatchObject({ kind: 'manifests', folder: 'delivery/acme/production/api' });
  expect(bound(shop, 'globex')).toMatchObject({
    kind: 'kustomize',
    folder: 'delivery/globex/production/api',
  });
});

const withChart = (binding: string): Record<string, string> => ({
  ...smallShop,
  ...tinyChart('charts/tiny'),
  'tenants/acme/production/api/service.yaml': serviceText(
    `replicas: 2\nbinding: { type: helm, ${binding} }\n`,
  ),
});

test('a chart of the repository is rendered with the generated values, in the namespace of its Application', () => {
  expect(bound(regenerated(withChart('source: charts/tiny, release: mine')))).toMatchObject({
    kind: 'helm',
    chart: 'charts/tiny',
    release: 'mine',
    namespace: 'shop',
    values: [expect.stringContaining('replicaCount: 2')],
  });
});

test('a chart from elsewhere is a missing layer, with file and line', () => {
  const remote = 'repository: "https://charts.example.com", chart: web, version: 1.2.3';
  expect(bound(regenerated(withChart(remote)))).toMatchObject({
    kind: 'missing',
    missing: {
      layer: 'chart',
      reason: expect.stringContaining('the chart web 1.2.3 is not in this repository and is never fetched'),
      at: { file: 'tenants/acme/production/api/service.yaml', line: 4 },
    },
  });
});

const kustomization = 'apps/web/production/kustomization.yaml';
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e'].map(
    (name, at) =>
      `${name}: &${name} [${Array(10)
        .fill(`*${'abcd'[at] ?? ''}`)
        .join(', ')}]`,
  ),
].join('\n');

test.each([
  [
    'resources: ["https://example.com/all.yaml"]',
    `${kustomization}:1: "https://example.com/all.yaml" is not in`,
  ],
  ['a: 1\nresources: ["github.com/example/base?ref=main"]', `${kustomization}:2: `],
  ['resources: ["../../../../etc"]', `${kustomization}:1: "../../../../etc" leaves the repository`],
  ['resources: ["/etc/passwd"]', 'must not begin with /'],
  ['resources: ["../beside.yaml"]', `${kustomization}:1: apps/web/beside.yaml is not below`],
  [
    'configMapGenerator:\n- name: a\n  files: ["x=../beside.yaml"]',
    `${kustomization}:3: apps/web/beside.yaml is not below`,
  ],
  ['secretGenerator:\n- name: a\n  envs: ["https://example.com/x"]', `${kustomization}:3: `],
  ['patchesJson6902:\n- path: ../../../../x', `${kustomization}:2: "../../../../x" leaves the repository`],
  ['openapi:\n  path: https://example.com/schema.json', `${kustomization}:2: `],
  ['helmCharts:\n- { name: a, repo: "https://example.com" }', `${kustomization}:2: kustomize would fetch`],
  [
    'resources: [bomb.yaml]',
    'apps/web/production/bomb.yaml:2: is too large once its aliases are written out',
  ],
  ['resources: [none.yaml]', `${kustomization}:1: apps/web/production/none.yaml does not exist`],
])('%j is refused with file and line before anything runs', (text, message) => {
  const files = {
    [kustomization]: `${text}\n`,
    'apps/web/beside.yaml': 'a: 1\n',
    'apps/web/production/bomb.yaml': `${bomb}\n`,
  };
  expect(() => adopted(files)).toThrow(message);
});

test('what belongs to others is only rendered for those who may look at it', () => {
  const files = {
    'apps/web/production/kustomization.yaml': 'resources: [../../web/staging]\n',
    'apps/web/staging/kustomization.yaml': 'resources: []\n',
  };
  const trees = memoryTrees();
  const place = { tenant: 'default', environment: 'production', service: 'web' };
  const question = { layout: apps, generator: undefined, place };
  const ask = (allowed: readonly string[]) =>
    trees.run(
      readRenderSource(trees.tree(files), {
        ...question,
        mayRead: ({ environment = '' }) => allowed.includes(environment),
      }),
    );
  expect(ask(['production', 'staging'])).toMatchObject({ kind: 'kustomize' });
  expect(() => ask(['production'])).toThrow('apps/web/staging/kustomization.yaml:1: belongs to others');
});
