import { expect, test } from 'vitest';
import { defaultTemplates, isShared, makeLayout, ownerOf } from './layout.ts';

const layout = (...paths: string[]) => makeLayout(paths.map((path) => ({ path })));
const owner = (of: ReturnType<typeof layout>, path: string) => {
  const found = ownerOf(of, path);
  return found && [found.tenant, found.environment, found.service, isShared(found)];
};

test('the default layout names owners', () => {
  const standard = makeLayout(defaultTemplates);
  expect(owner(standard, 'tenants/acme/production/api/service.yaml')).toEqual([
    'acme',
    'production',
    'api',
    false,
  ]);
  expect(owner(standard, 'tenants/acme/production/environment.yaml')).toEqual([
    'acme',
    'production',
    undefined,
    false,
  ]);
  expect(owner(standard, 'tenants/acme/variables.yaml')).toEqual(['acme', undefined, undefined, true]);
  expect(owner(standard, 'environments/dev/variables.yaml')).toEqual([undefined, 'dev', undefined, true]);
  expect(owner(standard, 'variables.yaml')).toEqual([undefined, undefined, undefined, true]);
  expect(ownerOf(standard, 'delivery/acme/dev/api/x.yaml')?.generated).toBe(true);
  expect(ownerOf(standard, 'README.md')).toBeUndefined();
});

test('the most specific template wins, whatever the order they are written in', () => {
  const paths = [
    'components/{service}/{environment}/**',
    'components/{service}/base/**',
    'components/{service}/{environment}/base/**',
    'components/{service}/{environment}/{tenant}/**',
  ];
  for (const order of [paths, paths.toReversed()]) {
    const adopted = layout(...order);
    expect(owner(adopted, 'components/api/production/acme/x.yaml')).toEqual([
      'acme',
      'production',
      'api',
      false,
    ]);
    expect(owner(adopted, 'components/api/production/base/x.yaml')).toEqual([
      undefined,
      'production',
      'api',
      true,
    ]);
    expect(owner(adopted, 'components/api/base/x.yaml')).toEqual([undefined, undefined, 'api', true]);
    expect(owner(adopted, 'components/api/production/x.yaml')).toEqual([
      undefined,
      'production',
      'api',
      true,
    ]);
  }
});

test('a placeholder that no template has takes the value default', () => {
  expect(owner(layout('apps/{tenant}/{service}/**'), 'apps/acme/api/x')).toEqual([
    'acme',
    'default',
    'api',
    false,
  ]);
  expect(owner(layout('image-tags/{environment}/{service}'), 'image-tags/dev/api')).toEqual([
    'default',
    'dev',
    'api',
    false,
  ]);
});

test('text round a placeholder, constraints and file templates', () => {
  const adopted = layout('charts/{service}/values-{environment:dev|production}.yaml', 'charts/{service}/**');
  expect(owner(adopted, 'charts/api/values-dev.yaml')).toEqual(['default', 'dev', 'api', false]);
  expect(owner(adopted, 'charts/api/values-other.yaml')).toEqual(['default', undefined, 'api', true]);
  expect(owner(adopted, 'charts/api/values-.yaml')).toEqual(['default', undefined, 'api', true]);
});

test('declared environments are the only values of {environment}', () => {
  const declared = makeLayout(
    [{ path: '{service}/{environment}/**' }, { path: '{service}/**' }],
    ['dev', 'production'],
  );
  expect(owner(declared, 'api/dev/x')).toEqual(['default', 'dev', 'api', false]);
  expect(owner(declared, 'api/base/x')).toEqual(['default', undefined, 'api', true]);
});

test('a placeholder that stands twice must have one value', () => {
  const twice = layout('apps/{service}/{tenant}/{service}.yaml');
  expect(owner(twice, 'apps/api/acme/api.yaml')).toEqual(['acme', 'default', 'api', false]);
  expect(ownerOf(twice, 'apps/api/acme/web.yaml')).toBeUndefined();
});
