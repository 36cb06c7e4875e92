import { expect, test } from 'vitest';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { makeLayout } from '../domain/layout/layout.ts';
import { treeTexts } from './tree-texts.ts';
import { readValuesFiles } from './values-files.ts';

const layout = makeLayout([
  { path: 'apps/{service}/{environment}/{tenant}/**' },
  { path: 'apps/{service}/{environment}/values.yaml' },
  { path: 'apps/{service}/values.yaml' },
  { path: 'apps/{service}/more/**' },
]);
const place = { tenant: 'acme', environment: 'production', service: 'web' };
const own = 'apps/web/production/acme';

function valuesIn(files: Readonly<Record<string, string>>) {
  const trees = memoryTrees();
  return trees.run(readValuesFiles(layout, place, treeTexts(trees.tree(files))));
}

const pathsOf = (files: Readonly<Record<string, string>>) =>
  valuesIn(files)?.layers.map((layer) => (layer.kind === 'file' ? layer.path : layer.value));

const shared = { 'apps/web/values.yaml': '', 'apps/web/production/values.yaml': '' };

test('a layout layers shared values below own ones, the nearer ones later', () => {
  const files = { ...shared, [`${own}/values.yaml`]: '', 'apps/api/values.yaml': '' };
  expect(pathsOf(files)).toEqual([
    'apps/web/values.yaml',
    'apps/web/production/values.yaml',
    `${own}/values.yaml`,
  ]);
  expect(valuesIn(files)).toMatchObject({ own: `${own}/values.yaml`, unknown: undefined });
});

test('an order that nothing says is told, and a service without shared values has none', () => {
  const twins = { ...shared, 'apps/web/more/values.yaml': '', [`${own}/values.yaml`]: '' };
  expect(valuesIn(twins)?.unknown).toMatch(/in which order/);
  expect(valuesIn({ ...shared, [`${own}/values.yaml`]: '', [`${own}/values-eu.yaml`]: '' })?.unknown).toMatch(
    /in which order/,
  );
  expect(valuesIn({ [`${own}/values.yaml`]: '' })).toBeUndefined();
});

const application = (helm: string, more = '') => ({
  [`${own}/app.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  sources:
    - path: charts/web
      helm: ${helm}${more}
`,
});

test('an Application says the order: the chart, files, values and parameters', () => {
  const helm =
    '{ valueFiles: [../eu.yaml, /all.yaml, "$ref/apps/web/production/acme/mine.yaml", "https://x.example/v.yaml"], values: "a: 1", parameters: [{ name: image.tag, value: v1 }] }';
  const files = { ...application(helm), [`${own}/mine.yaml`]: 'b: 1\n' };
  expect(pathsOf(files)).toEqual([
    'charts/web/values.yaml',
    'charts/eu.yaml',
    'all.yaml',
    `${own}/mine.yaml`,
    { a: 1 },
    { image: { tag: 'v1' } },
  ]);
  expect(valuesIn(files)?.own).toBe(`${own}/mine.yaml`);
});

const sources = (...items: readonly string[]) => ({
  [`${own}/app.yaml`]: `kind: Application\nspec:\n  sources:\n${items.map((one) => `    - ${one}\n`).join('')}`,
  [`${own}/mine.yaml`]: 'b: 1\n',
  [`${own}/redis.yaml`]: 'b: 1\n',
});
const ours = 'https://git.example.com/acme/shop';
const mine = `helm: { valueFiles: [eu.yaml, /all.yaml, "$values/${own}/mine.yaml"] }`;

test('values of several charts are not taken for those of one', () => {
  const redis = `{ path: charts/redis, helm: { valueFiles: [/${own}/redis.yaml] } }`;
  expect(valuesIn(sources(`{ path: charts/web, ${mine} }`, redis))).toMatchObject({
    own: undefined,
    unknown: 'its Application has several charts',
  });
  const bare = '{ path: charts/redis }';
  expect(valuesIn(sources(`{ path: charts/web, ${mine} }`, bare))?.own).toBe(`${own}/mine.yaml`);
});

test('files of another repository, and those inside of a published chart, are not looked for in this one', () => {
  const ref = `{ ref: values, repoURL: "${ours}" }`;
  const elsewhere = `{ path: charts/web, repoURL: "https://git.example.com/charts", ${mine} }`;
  const published = `{ chart: web, repoURL: "https://charts.example.com", ${mine} }`;
  for (const chart of [elsewhere, published])
    expect(pathsOf(sources(chart, ref))).toEqual([`${own}/mine.yaml`]);
  const here = `{ path: charts/web, repoURL: "git@git.example.com:acme/shop.git", ${mine} }`;
  expect(pathsOf(sources(here, ref))).toEqual([
    'charts/web/values.yaml',
    'charts/web/eu.yaml',
    'all.yaml',
    `${own}/mine.yaml`,
  ]);
  const none = elsewhere.replace('mine.yaml', 'none.yaml');
  expect(valuesIn(sources(none, ref))?.unknown).toMatch(/which of the repositories/);
});

test('several Applications of one service cannot be told apart', () => {
  const [one = ''] = Object.values(application('{ valueFiles: [a.yaml] }'));
  expect(valuesIn({ [`${own}/app.yaml`]: `${one}---\n${one}` })?.unknown).toBe('it has several Applications');
  expect(valuesIn({ [`${own}/app.yaml`]: 'kind: Application\n' })).toBeUndefined();
});
