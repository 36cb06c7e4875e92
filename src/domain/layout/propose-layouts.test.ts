import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeLayout, ownerOf } from './layout.ts';
import { type LayoutProposal, proposeLayouts } from './propose-layouts.ts';

/** Every combination of these segments, joined: `each('apps', ['a', 'b'], 'x.yaml')` is two paths. */
const each = (...segments: readonly (string | readonly string[])[]): string[] =>
  segments.reduce<string[]>(
    (paths, segment) =>
      paths.flatMap((path) => [segment].flat().map((name) => (path ? `${path}/${name}` : name))),
    [''],
  );

const propose = (paths: readonly string[], commits: readonly (readonly string[])[] = [paths]) =>
  proposeLayouts({ paths, commits });
const templatesOf = (proposal: LayoutProposal | undefined) => proposal?.templates.map(({ path }) => path);
const ownerBy = (proposal: LayoutProposal | undefined, path: string) => {
  const owner = ownerOf(makeLayout(proposal?.templates ?? [], proposal?.environments), path);
  return owner && [owner.tenant ?? '-', owner.environment ?? '-', owner.service ?? '-'].join(' ');
};

const manifests = ['kustomization.yaml', 'deployment.yaml'];

describe('shapes of repositories', () => {
  test('tenants, then environments, then services', () => {
    const paths = [
      ...each('tenants', ['acme', 'globex'], ['dev', 'prod'], ['api', 'billing'], manifests),
      ...each('tenants', ['acme', 'globex'], ['dev', 'prod'], 'environment.yaml'),
      ...each('tenants', ['acme', 'globex'], 'variables.yaml'),
      'README.md',
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('tenants/{tenant}/{environment}/{service}/**');
    expect(best?.environments).toEqual(['dev', 'prod']);
    expect(best?.figures).toMatchObject({
      tenants: ['acme', 'globex'],
      environments: ['dev', 'prod'],
      services: ['api', 'billing'],
      files: { total: 23, owned: 20, shared: 2, unmatched: 1 },
      commits: { total: 1, whole: 0, partly: 1 },
    });
    expect(ownerBy(best, 'tenants/acme/dev/environment.yaml')).toBe('acme dev -');
  });

  test('services, then environments, then tenants, with bases at each level', () => {
    const paths = [
      ...each('components', ['build', 'release', 'ui'], 'production', ['p01', 'p02', 'p03'], manifests),
      ...each('components', ['build', 'release', 'ui'], 'production', 'base', manifests),
      ...each('components', ['build', 'release', 'ui'], 'staging', ['s01', 's02'], 'kustomization.yaml'),
      ...each('components', ['build', 'release', 'ui'], 'base', manifests),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)).toEqual([
      'components/{service}/{environment}/{tenant}/**',
      'components/{service}/{environment}/**',
      'components/{service}/**',
      'components/{service}/{environment}/base/**',
    ]);
    expect(best?.environments).toEqual(['staging', 'production']);
    expect(best?.figures.tenants).toEqual(['p01', 'p02', 'p03', 's01', 's02']);
    expect(ownerBy(best, 'components/ui/production/base/x.yaml')).toBe('- production ui');
    expect(ownerBy(best, 'components/ui/base/x.yaml')).toBe('- - ui');
  });

  test('environments, then tenants, then services', () => {
    const paths = each(
      'deploy',
      ['dev', 'qa', 'prod'],
      ['acme', 'globex'],
      ['api', 'web', 'worker'],
      manifests,
    );
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('deploy/{environment}/{tenant}/{service}/**');
    expect(best?.figures.files.owned).toBe(paths.length);
  });

  test('environments, then services, beside a base of the same services', () => {
    const paths = [
      ...each('environments', ['dev', 'staging', 'prod-eu', 'prod-us'], ['api', 'web'], manifests),
      ...each('base', ['api', 'web'], manifests),
      ...each('docs', ['a.md', 'b.md']),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('environments/{environment}/{service}/**');
    expect(best?.environments).toEqual(['dev', 'staging', 'prod-eu', 'prod-us']);
    expect(ownerBy(best, 'base/api/deployment.yaml')).toBe('default - api');
    expect(best?.figures.files.unmatched).toBe(2);
  });

  test('services, each with overlays for environments and a base', () => {
    const paths = [
      ...each(['api', 'web', 'worker'], 'overlays', ['dev', 'prod'], manifests),
      ...each(['api', 'web', 'worker'], 'base', manifests),
      'README.md',
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)?.slice(0, 2)).toEqual([
      '{service}/overlays/{environment}/**',
      '{service}/base/**',
    ]);
    expect(best?.figures).toMatchObject({ services: ['api', 'web', 'worker'], files: { unmatched: 1 } });
  });

  test('one file without an extension for each service', () => {
    const paths = [...each('image-tags', ['dev', 'prod'], ['api', 'web', 'worker']), 'Makefile'];
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('image-tags/{environment}/{service}');
    expect(best?.figures.services).toEqual(['api', 'web', 'worker']);
  });

  test('one file of values for each environment beside a chart', () => {
    const paths = [
      ...each('charts', ['api', 'web'], ['Chart.yaml', 'values.yaml', 'values-dev.yaml', 'values-prod.yaml']),
      ...each('charts', ['api', 'web'], 'templates', ['deployment.yaml', 'service.yaml']),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)).toEqual(['charts/{service}/values-{environment}.yaml', 'charts/{service}/**']);
    expect(best?.figures.files).toMatchObject({ owned: 4, shared: 8, unmatched: 0 });
  });

  test('clusters named by environment, with kinds of things below', () => {
    const paths = [
      ...each('clusters', ['staging', 'production'], 'apps', ['podinfo', 'shop'], manifests),
      ...each('clusters', ['staging', 'production'], 'infrastructure', ['ingress-nginx'], manifests),
      ...each('clusters', ['staging', 'production'], 'kustomization.yaml'),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)).toContain('clusters/{environment}/apps/{service}/**');
    expect(best?.figures.services).toEqual(['ingress-nginx', 'podinfo', 'shop']);
  });

  test('kinds of things, each with environments and a base beside them', () => {
    const paths = [
      ...each('apps', ['base', 'staging', 'production'], ['podinfo', 'shop'], manifests),
      ...each('infrastructure', ['base', 'staging', 'production'], ['nginx', 'redis'], manifests),
      ...each('clusters', ['staging', 'production'], ['apps.yaml', 'infrastructure.yaml']),
    ];
    const proposals = propose(paths);
    const fine = proposals.find((one) => templatesOf(one)?.includes('apps/{environment}/{service}/**'));
    expect(fine?.figures.services).toEqual(expect.arrayContaining(['nginx', 'podinfo', 'redis', 'shop']));
    expect(ownerBy(fine, 'apps/base/podinfo/deployment.yaml')).toBe('default - podinfo');
    expect(ownerBy(fine, 'infrastructure/staging/nginx/deployment.yaml')).toBe('default staging nginx');
    expect(proposals[0]?.figures.environments).toEqual(['staging', 'production']);
  });

  test('tenants and services without environments', () => {
    const paths = each(
      'teams',
      ['payments', 'search'],
      ['api', 'jobs'],
      ['values.yaml', 'kustomization.yaml'],
    );
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('teams/{tenant}/{service}/**');
    expect(best?.environments).toEqual([]);
    expect(best?.figures.environments).toEqual(['default']);
  });

  test('namespaces are services', () => {
    const namespaces = Array.from({ length: 30 }, (_, index) => `team-${index}-live`);
    const paths = each('namespaces', namespaces, ['namespace.yaml', 'rbac.yaml', 'limits.yaml']);
    const [best] = propose(paths);
    expect(templatesOf(best)?.[0]).toBe('namespaces/{service}/**');
    expect(best?.figures.services).toHaveLength(30);
  });

  test('namespaces of clusters that are named by environment', () => {
    const paths = [
      ...each('cluster-prod', 'namespaces', ['payments-prod', 'kube-system'], manifests),
      ...each('cluster-dev', 'namespaces', ['payments-dev', 'kube-system'], manifests),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)).toEqual(['{environment}/namespaces/{service}/**', '{environment}/**']);
    expect(best?.environments).toEqual(['cluster-dev', 'cluster-prod']);
  });

  test('whatever stands in a folder of environments is one', () => {
    const names = ['qa', 'prod-eu', 'prod-us', 'load-gpu'];
    const paths = [
      ...each('envs', names, ['deployment.yaml', 'settings.yaml', 'replicas.yaml']),
      ...each('base', ['deployment.yaml', 'service.yaml']),
    ];
    const [best] = propose(paths);
    expect(templatesOf(best)).toEqual(['envs/{environment}/**', 'envs/**', 'base/**']);
    expect(best?.figures.environments.toSorted()).toEqual(names.toSorted());
  });

  test('a single chart with values for each environment', () => {
    const values = ['dev', 'prod'].map((name) => `values-${name}.yaml`);
    const [best] = propose([...values, 'Chart.yaml', 'values.yaml', 'templates/deployment.yaml']);
    expect(templatesOf(best)).toEqual([
      'values-{environment}.yaml',
      'Chart.yaml',
      'values.yaml',
      'templates/**',
    ]);
  });

  test('a repository of something else is not recognised', () => {
    expect(propose(['README.md', 'main.go', 'go.mod', 'internal/server.go', 'LICENSE'])).toEqual([]);
    expect(propose([])).toEqual([]);
  });
});

test('a service called integration is not an environment', () => {
  const services = ['api', 'integration', 'ui', 'build', 'release', 'search'];
  const [best] = propose(each('components', services, ['staging', 'production'], manifests));
  expect(best?.environments).toEqual(['staging', 'production']);
  expect(best?.figures.services).toEqual(services.toSorted());
});

test('history counts: files that were there once are covered, too', () => {
  const paths = each('apps', ['api', 'web'], ['dev', 'prod'], 'values.yaml');
  const commits = [['apps/gone/dev/values.yaml'], ['apps/api/dev/values.yaml', 'ci.yaml'], ['ci.yaml'], []];
  expect(propose(paths, commits)[0]?.figures.commits).toEqual({ total: 3, whole: 1, partly: 1 });
});

const names = [
  'dev',
  'prod',
  'base',
  'apps',
  'api',
  'acme',
  'values-dev.yaml',
  'prod.json',
  'overlays',
  '__proto__',
];
const hostile = [
  '{tenant}',
  '**',
  '..',
  'a|b',
  'x:y',
  '\u001b[2J',
  'new\nline',
  '\udc80',
  ' ',
  '-rf',
  'environment',
];
const anyPath = array(
  oneof({ weight: 5, arbitrary: constantFrom(...names) }, constantFrom(...hostile), string()),
  {
    minLength: 1,
    maxLength: 6,
  },
).map((parts) => parts.map((part) => part.replaceAll('/', '_') || '_').join('/'));

test('whatever the paths, every proposal is a layout that can be read and used', () => {
  assert(
    property(array(anyPath, { maxLength: 60 }), (paths) => {
      for (const { templates, environments, figures } of propose(paths)) {
        const layout = makeLayout(templates, environments);
        const inline = `{environment:${environments.join('|')}}`;
        const flags = templates.map(({ path }) =>
          environments.length > 0 ? path.replace('{environment}', inline) : path,
        );
        const given = makeLayout(flags.map((path) => ({ path })));
        for (const path of paths) expect(ownerOf(given, path)).toEqual(ownerOf(layout, path));
        const { owned, shared, unmatched, total } = figures.files;
        expect(owned + shared + unmatched).toBe(total);
        expect(owned).toBeGreaterThan(0);
        expect(flags.every((flag) => flag.length <= 1024)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('the order of paths makes no difference', () => {
  const paths = [
    ...each('a', ['dev', 'prod'], ['x', 'y'], ['p', 'q'], manifests),
    ...each('b', ['x', 'y'], ['dev', 'prod'], ['p', 'q'], manifests),
  ];
  expect(propose(paths.toReversed())).toEqual(propose(paths));
});
