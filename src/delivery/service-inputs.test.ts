import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { generatorIn, regenerated, serviceText, smallShop } from '../../test/kit/generated-tree.ts';
import { readServiceHeads, readServiceInputs, sourcesOf } from './service-inputs.ts';
import { treeTexts } from './tree-texts.ts';

const place = { tenant: 'acme', environment: 'production', service: 'api' };
const path = 'tenants/acme/production/api/service.yaml';

test('the inputs of a service are all files that its generated files are made from', () => {
  const trees = memoryTrees();
  const tree = treeTexts(trees.tree(smallShop));
  const { layout, places } = generatorIn(smallShop);
  const heads = trees.run(readServiceHeads(tree, { places }, [place, { ...place, service: 'none' }]));
  expect(heads.map(sourcesOf)).toMatchObject([[{ path: 'plain/api' }]]);
  const [inputs] = trees.run(readServiceInputs(tree, layout, heads));
  expect([...(inputs?.inputs.keys() ?? [])].toSorted()).toEqual([
    'plain/api/deployment.yaml',
    'tenants/acme/production/api/service.yaml',
    'tenants/acme/production/environment.yaml',
    'tenants/acme/variables.yaml',
    'variables.yaml',
  ]);
});

const kustomize = 'binding: { type: kustomize, source: bases/api }\n';
const base = 'bases/api/kustomization.yaml';

test.each([
  [{ [path]: 'binding: { type: manifests, source: plain/none }\n' }, `${path}:3: plain/none does not exist`],
  [
    { [path]: 'binding: { type: manifests, source: tenants/globex }\n' },
    `${path}:3: tenants/globex/production/api/service.yaml belongs to the tenant globex`,
  ],
  [
    {
      [path]: 'binding: { type: manifests, source: delivery/acme }\n',
      'delivery/acme/production/api/a.yaml': 'a: 1\n',
    },
    'is generated, and nothing is made from that',
  ],
  [
    { [path]: 'binding: { type: manifests, source: plain/api }\npatches: [x.yaml]\n' },
    `${path}:4: tenants/acme/production/api/x.yaml does not exist`,
  ],
  [{ [path]: 'binding: { type: helm, source: plain/api }\n' }, `${path}:3: plain/api has no Chart.yaml`],
  [
    {
      [path]:
        'binding: { type: helm, source: plain/api, values: [tenants/globex/production/api/service.yaml] }\n',
    },
    `${path}:3: plain/api has no Chart.yaml`,
  ],
  [
    { [path]: 'binding: { type: kustomize, source: plain/api }\n' },
    `${path}:3: plain/api has no kustomization.yaml`,
  ],
  [
    { [path]: kustomize, [base]: 'resources:\n  - https://example.com/base\n' },
    `${base}:2: "https://example.com/base" is not in this repository`,
  ],
  [
    { [path]: kustomize, [base]: 'resources:\n  - github.com/acme/base?ref=v1\n' },
    `${base}:2: "github.com/acme/base?ref=v1" is not in this`,
  ],
  [
    { [path]: kustomize, [base]: 'resources: [../../../x]\n' },
    `${base}:1: "../../../x" leaves the repository`,
  ],
  [
    { [path]: kustomize, [base]: 'resources: [none.yaml]\n' },
    `${base}:1: bases/api/none.yaml does not exist`,
  ],
  [
    {
      [path]: kustomize,
      [base]: 'resources: [../more]\n',
      'bases/more/kustomization.yaml': 'bases: [/etc]\n',
    },
    'bases/more/kustomization.yaml:1: "/etc" must not begin with /',
  ],
  [
    { [path]: kustomize, [base]: '\nhelmCharts: [{ name: x }]\n' },
    `${base}:2: kustomize would fetch these charts`,
  ],
  [
    { [path]: kustomize, 'bases/api/deployment.yaml': 'a: 1\nb: "{{hq.var.X}}"\n' },
    'bases/api/deployment.yaml:2: {{hq.var.X}} would not be filled here',
  ],
  [
    { [path]: kustomize, [base]: 'namePrefix: "{{hq.var.X}}"\n' },
    `${base}:1: {{hq.var.X}} would not be filled here`,
  ],
])('%j is refused with file and line', (files, reason) => {
  const own = Object.entries(files).map(
    ([name, text]) => [name, name === path ? serviceText(text) : text] as const,
  );
  expect(() => regenerated({ ...smallShop, ...Object.fromEntries(own) })).toThrow(reason);
});

test('a link is no file to make something from', () => {
  const link = { text: '../x', mode: '120000' } as const;
  expect(() => regenerated({ ...smallShop, [path]: link })).toThrow(`${path}:1: is a link`);
});

test('a base that builds on itself ends', () => {
  const files = {
    ...smallShop,
    'bases/api/kustomization.yaml': 'resources: [../more]\n',
    'bases/more/kustomization.yaml': 'resources: [../api]\n',
  };
  expect(regenerated(files)['delivery/globex/production/api/kustomization.yaml']).toMatch(
    /^# Builds on bases\/api \(sha256:[0-9a-f]{16}\)\.\n# Builds on bases\/more /m,
  );
});
