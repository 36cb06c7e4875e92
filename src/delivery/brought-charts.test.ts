import { expect, test } from 'vitest';
import { generatorIn, regenerated, smallShop } from '../../test/kit/generated-tree.ts';
import { memoryTrees } from '../../test/kit/memory-trees.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import { everything } from '../tree/select.ts';
import { broughtCharts } from './brought-charts.ts';

type Files = Readonly<Record<string, string>>;

const brought = (before: Files, after: Files) => broughtWith(before, after).charts;

function broughtWith(before: Files, after: Files) {
  const trees = memoryTrees();
  const [was, is] = [trees.tree(before), trees.tree(after)];
  const changes = trees.run(diffTrees(was, is, everything));
  const { layout } = generatorIn(smallShop);
  return trees.run(broughtCharts({ changes, after: is, layout }));
}

const application = (source: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: cache }\nspec:\n  ${source}\n`;
const chart = (version: string): string =>
  application(
    `sources:\n    - repoURL: https://charts.example.com\n      chart: redis\n      targetRevision: ${version}\n    - { repoURL: https://git.example.com/shop.git, targetRevision: HEAD, ref: values }`,
  );
const redis = { repository: 'https://charts.example.com', name: 'redis', version: '1.2.3' };

test('the chart of an Application is brought where its version is new, with the line of the version', () => {
  expect(brought({ 'apps/a.yaml': chart('1.2.2') }, { 'apps/a.yaml': chart('1.2.3') })).toEqual([
    { ...redis, file: 'apps/a.yaml', line: 8 },
  ]);
  const one = application(
    'source: { repoURL: "https://charts.example.com", chart: redis, targetRevision: 1.2.3 }',
  );
  expect(brought({}, { 'apps/a.yaml': one })).toEqual([{ ...redis, file: 'apps/a.yaml', line: 5 }]);
  expect(brought({ 'apps/a.yaml': chart('1.2.3') }, { 'apps/b.yaml': one })).toEqual([
    { ...redis, file: 'apps/b.yaml', line: 5 },
  ]);
});

test('what is moved, goes, or is no one version of a published chart is not brought', () => {
  const there = { 'apps/a.yaml': chart('1.2.3') };
  expect(brought(there, { ...there, 'apps/b.yaml': chart('1.2.3') })).toHaveLength(1);
  expect(brought({ ...there, b: '1' }, { b: '2' })).toEqual([]);
  expect(brought(there, { 'apps/a.yaml': `# a comment\n${chart('1.2.3')}` })).toEqual([]);
  for (const other of [
    chart('1.x'),
    chart('"{{version}}"'),
    application('source: { repoURL: https://git.example.com/x.git, path: a, targetRevision: 1.2.3 }'),
    'kind: Application\nspec: [\n',
    'kind: Application\n',
  ])
    expect(brought({}, { 'apps/a.yaml': other })).toEqual([]);
});

test('charts of a kustomization are brought, too', () => {
  const text =
    'helmCharts:\n  - name: redis\n    repo: https://charts.example.com\n    version: 1.2.3\n    releaseName: cache\n';
  expect(brought({}, { 'apps/kustomization.yaml': text })).toEqual([
    { ...redis, file: 'apps/kustomization.yaml', line: 4 },
  ]);
});

test('of a generated Application the service.yaml is named, also where a variable says the version', () => {
  const file = 'tenants/acme/production/cache/service.yaml';
  const binding = (version: string): string =>
    `apiVersion: knowngood.dev/v1\nkind: Service\nbinding:\n  type: helm\n  repository: oci://ghcr.io/acme/charts\n  chart: redis\n  version: ${version}\n`;
  const now = regenerated({ ...smallShop, [file]: binding('1.2.2') });
  const told = { repository: 'ghcr.io/acme/charts', name: 'redis', version: '1.2.3', file };
  expect(brought(now, regenerated({ ...now, [file]: binding('1.2.3') }))).toEqual([{ ...told, line: 7 }]);
  const variable = 'tenants/acme/production/cache/variables.yaml';
  const filled = (version: string) =>
    regenerated({
      ...now,
      [file]: binding('"{{hq.var.REDIS}}"'),
      [variable]: `REDIS: "${version}"\n`,
    });
  expect(brought(filled('1.2.2'), filled('1.2.3'))).toEqual([{ ...told, line: 6 }]);
});

const kustomization = (charts: readonly string[]): string =>
  `helmCharts:\n${charts.map((chart) => `  - ${chart}\n`).join('')}`;

test('the first ten charts have their lines, and the rest of a file is counted up to a hundred', () => {
  const many = Array.from(
    { length: 5000 },
    (_, at) => `{ name: redis, repo: "https://charts.example.com", version: 1.0.${at} }`,
  );
  const { charts, more } = broughtWith({}, { 'apps/kustomization.yaml': kustomization(many) });
  expect(charts.map(({ version, line }) => `${version} ${line}`)).toEqual(
    Array.from({ length: 10 }, (_, at) => `1.0.${at} ${at + 2}`),
  );
  expect(more).toBe(90);
  const [first = '', ...rest] = many.slice(0, 500);
  const moved = broughtWith(
    { 'apps/kustomization.yaml': kustomization([first, ...rest]) },
    { 'apps/kustomization.yaml': kustomization([...rest, first.replace('1.0.0', '2.0.0')]) },
  );
  expect(moved).toMatchObject({ charts: [{ version: '2.0.0', line: 501 }], more: 0 });
});

test('of long texts one character more is kept than may be asked for', () => {
  const long = '/'.repeat(512 * 1024);
  const text = kustomization([
    `{ name: "${'n'.repeat(300)}", repo: "https://charts.example.com${long}x", version: 1.0.0-${'x'.repeat(200)} }`,
  ]);
  const [only, ...others] = brought({}, { 'apps/kustomization.yaml': text });
  expect(others).toEqual([]);
  expect([only?.repository, only?.name, only?.version].map((kept) => kept?.length)).toEqual([2049, 256, 129]);
  expect(only?.line).toBe(2);
});
