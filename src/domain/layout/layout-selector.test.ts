import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { Selector } from '../../tree/select.ts';
import { makeLayout } from './layout.ts';
import { selectManaged, selectScope, selectSharedWith } from './layout-selector.ts';

const layouts = [
  makeLayout([
    { path: 'tenants/{tenant}/{environment}/{service}/**' },
    { path: 'tenants/{tenant}/{environment}/**' },
    { path: 'variables.yaml' },
  ]),
  makeLayout([
    { path: 'components/{service}/{environment}/{tenant}/**' },
    { path: 'components/{service}/{environment}/base/**' },
    { path: 'components/{service}/{environment}/**' },
    { path: 'components/{service}/base/**' },
  ]),
  makeLayout([{ path: 'tags/{environment}/{service}' }, { path: 'gen/{environment}/**', generated: true }]),
];
const scope = { tenant: 'acme', environment: 'production', service: 'api' };
const [standard, components, tags] = layouts;

test('a tenant-environment of the default layout is one folder, taken whole', () => {
  const select = selectScope(standard!, { tenant: 'acme', environment: 'production' });
  expect(select.folder('tenants')).toBe('some');
  expect(select.folder('tenants/acme')).toBe('some');
  expect(select.folder('tenants/acme/production')).toBe('all');
  expect(select.folder('tenants/globex')).toBe('none');
  expect(select.folder('other')).toBe('none');
});

test('a service is its own folder only', () => {
  const select = selectScope(standard!, scope);
  expect(select.folder('tenants/acme/production')).toBe('some');
  expect(select.folder('tenants/acme/production/api')).toBe('all');
  expect(select.folder('tenants/acme/production/checkout')).toBe('none');
  expect(select.file('tenants/acme/production/environment.yaml')).toBe(false);
});

test('shared paths are those the scope reads and does not own', () => {
  const select = selectSharedWith(components!, scope);
  expect(select.file('components/api/base/x')).toBe(true);
  expect(select.file('components/api/production/base/x')).toBe(true);
  expect(select.file('components/api/production/x')).toBe(true);
  expect(select.file('components/api/staging/base/x')).toBe(false);
  expect(select.file('components/web/base/x')).toBe(false);
  expect(select.file('components/api/production/acme/x')).toBe(false);
  expect(select.folder('components/api/production/acme')).toBe('none');
  expect(select.folder('components/api/base')).toBe('all');
});

test('environment-level files are shared among the services of a tenant-environment', () => {
  expect(selectSharedWith(standard!, scope).file('tenants/acme/production/environment.yaml')).toBe(true);
  const full = { tenant: 'acme', environment: 'production' };
  expect(selectSharedWith(standard!, full).file('tenants/acme/production/environment.yaml')).toBe(false);
});

test('generated paths belong to nobody', () => {
  expect(selectScope(tags!, { tenant: 'default', environment: 'dev' }).folder('gen/dev')).toBe('none');
  expect(selectManaged(tags!).folder('gen')).toBe('none');
});

const name = constantFrom(
  'tenants',
  'components',
  'tags',
  'gen',
  'acme',
  'globex',
  'production',
  'dev',
  'base',
  'api',
  'web',
  'variables.yaml',
);
const path = array(name, { minLength: 1, maxLength: 6 });

/** The first folder above the file about which the selector says something that does not hold for the file. */
const lie = (select: Selector, parts: string[]) => {
  const file = parts.join('/');
  const folders = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
  const wanted = select.file(file);
  return folders.find((folder) => select.folder(folder) === (wanted ? 'none' : 'all'));
};

test('what a selector says of a folder holds for every path below it', () => {
  const services = constantFrom(undefined, 'api', 'web');
  const law = property(constantFrom(...layouts), services, path, (layout, service, parts) => {
    const where = { tenant: layout === tags ? 'default' : 'acme', environment: 'production', service };
    const selectors = [
      selectScope(layout, where),
      selectSharedWith(layout, where),
      selectManaged(layout, where),
    ];
    expect(selectors.map((select) => lie(select, parts))).toEqual([undefined, undefined, undefined]);
  });
  assert(law, { numRuns: 3000 });
});
