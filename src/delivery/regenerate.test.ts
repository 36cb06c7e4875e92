import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import {
  generatedIn,
  generatorIn,
  project,
  regenerated,
  serviceText,
  smallShop,
} from '../../test/kit/generated-tree.ts';
import { generatorOf, regenerate } from './regenerate.ts';

const api = 'tenants/acme/production/api/service.yaml';

test('from nothing, every service is generated, and again gives the same bytes', () => {
  const files = regenerated(smallShop);
  expect(Object.keys(generatedIn(files)).toSorted()).toEqual([
    '.argocd/acme/production/api.yaml',
    '.argocd/globex/production/api.yaml',
    'delivery/acme/production/api/deployment.yaml',
    'delivery/globex/production/api/kustomization.yaml',
  ]);
  expect(regenerated(files)).toEqual(files);
});

test('only services of which an input changed are looked at', () => {
  const files = regenerated(smallShop);
  const trees = memoryTrees();
  const before = trees.tree(files);
  const after = trees.tree({ ...files, [api]: (files[api] ?? '').replace('tag: v1', 'tag: v2') });
  trees.asked.clear();
  const edits = trees.run(regenerate(generatorIn(files), { before, after }));
  expect(new Set(edits.map(({ path }) => path))).toEqual(
    new Set([
      '.argocd/acme/production/api.yaml',
      'delivery/acme/production/api',
      'delivery/acme/production/api/deployment.yaml',
    ]),
  );
  expect(trees.asked).not.toContain(trees.oidOf(files['tenants/globex/production/api/service.yaml'] ?? ''));
  expect(trees.run(regenerate(generatorIn(files), { before, after: before }))).toEqual([]);
});

test('a service that goes away takes its files along, and files of others that nobody made stay', () => {
  const files = { ...regenerated(smallShop), 'delivery/acme/production/hand/a.yaml': 'x: 1\n' };
  const without = Object.fromEntries(Object.entries(files).filter(([path]) => path !== api));
  expect(Object.keys(generatedIn(regenerated(without, files))).toSorted()).toEqual([
    '.argocd/globex/production/api.yaml',
    'delivery/acme/production/hand/a.yaml',
    'delivery/globex/production/api/kustomization.yaml',
  ]);
  const touched = { ...files, 'delivery/acme/production/hand/a.yaml': 'x: 2\n' };
  expect(regenerated(touched, files)).toEqual(touched);
});

test('what somebody wrote into a generated file is put right', () => {
  const files = regenerated(smallShop);
  const path = 'delivery/acme/production/api/deployment.yaml';
  expect(
    regenerated(
      { ...files, [path]: 'by: hand\n', 'delivery/acme/production/api/extra.yaml': 'a: 1\n' },
      files,
    ),
  ).toEqual(files);
});

test('a project that does not ask for it, or has no folder for it, has no generator', () => {
  const places = { generator: true, keep: [], argocd: undefined };
  expect(
    generatorOf({ ...places, layout: makeLayout([{ path: 'a/{tenant}/{service}/**' }]) }),
  ).toBeUndefined();
  const off = generatorIn({});
  expect(generatorOf({ ...places, generator: false, layout: off.layout })).toBeUndefined();
});

const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts, undefined);
const bindings = [
  'image: { repository: ghcr.io/example/api, tag: v1 }\nbinding: { type: manifests, source: plain/api }\nvalues: { L: "{{hq.var.LEVEL}}" }\n',
  'replicas: 2\nbinding: { type: kustomize, source: bases/api }\nvalues: { L: "{{hq.var.LEVEL}}" }\n',
  'replicas: 3\nbinding: { type: kustomize, source: bases/over }\n',
  'binding: { type: helm, repository: "https://charts.example.com", chart: x, version: 1.2.3, values: [shared.yaml] }\n',
  'binding: { type: helm, source: charts/x }\nvalues: { level: "{{hq.var.LEVEL}}" }\n',
].map(serviceText);
const places = [
  'acme/dev/a',
  'acme/production/a',
  'acme/production/b',
  'globex/dev/a',
  'globex/production/b',
];
const repository = fc
  .record({
    'variables.yaml': fc.constantFrom('LEVEL: info\n', 'LEVEL: debug\n'),
    'tenants/acme/variables.yaml': oneOf('LEVEL: warn\n', 'OTHER: x\n'),
    'environments/dev/variables.yaml': oneOf('LEVEL: error\n'),
    'tenants/acme/dev/environment.yaml': oneOf('namespace: a\n', 'cluster: c\n'),
    'plain/api/deployment.yaml': fc.constantFrom(
      ...['a', 'b'].map((name) =>
        (smallShop['plain/api/deployment.yaml'] ?? '').replace('value: standard', `value: ${name}`),
      ),
    ),
    'bases/api/deployment.yaml': fc.constantFrom('a: 1\n', 'a: 2\n'),
    'bases/over/kustomization.yaml': fc.constant('resources: [../api]\n'),
    'charts/x/Chart.yaml': fc.constantFrom('version: 1.0.0\n', 'version: 2.0.0\n'),
    'shared.yaml': fc.constantFrom('a: 1\n', 'a: 2\n'),
    'knowngood.yaml': fc.constantFrom(project, project.replace('targetRevision: main', 'namespace: cd')),
    'README.md': oneOf('read me\n'),
    ...Object.fromEntries(places.map((place) => [`tenants/${place}/service.yaml`, oneOf(...bindings)])),
    ...Object.fromEntries(
      places.map((place) => [`tenants/${place}/variables.yaml`, oneOf('LEVEL: trace\n')]),
    ),
  })
  .map((files) => ({
    'bases/api/kustomization.yaml': 'resources: [deployment.yaml]\n',
    ...Object.fromEntries(
      Object.entries(files as Record<string, string | undefined>).flatMap(([path, text]) =>
        text === undefined ? [] : [[path, text] as const],
      ),
    ),
  }));

test('what is generated for a change is what is generated from nothing', () => {
  fc.assert(
    fc.property(repository, repository, (past, next) => {
      const before = regenerated(past);
      const after = { ...next, ...generatedIn(before) };
      expect(generatedIn(regenerated(after, before))).toEqual(generatedIn(regenerated(next)));
    }),
    { numRuns: 200 },
  );
});

test('a change in one tenant-environment leaves the generated files of all others alone', () => {
  fc.assert(
    fc.property(
      repository,
      fc.constantFrom(...bindings),
      fc.constantFrom(...places),
      (files, text, place) => {
        const before = regenerated(files);
        const after = regenerated({ ...before, [`tenants/${place}/service.yaml`]: text }, before);
        const own = place.split('/').slice(0, 2).join('/');
        const others = (all: Record<string, string>) =>
          Object.fromEntries(Object.entries(generatedIn(all)).filter(([path]) => !path.includes(`/${own}/`)));
        expect(others(after)).toEqual(others(before));
      },
    ),
  );
});
