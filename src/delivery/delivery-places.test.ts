import { expect, test } from 'vitest';
import { defaultTemplates, makeLayout } from '../domain/layout/layout.ts';
import { deliveryPlaces } from './delivery-places.ts';

const place = { tenant: 'acme', environment: 'production', service: 'api' };

test('the standard layout has a place for everything', () => {
  const places = deliveryPlaces(makeLayout(defaultTemplates, ['production']));
  expect(places?.serviceFolder(place)).toBe('tenants/acme/production/api');
  expect(places?.environmentFile(place)).toBe('tenants/acme/production/environment.yaml');
  expect(places?.output(place)).toBe('delivery/acme/production/api');
  expect(places?.application(place)).toBe('.argocd/acme/production/api.yaml');
  const files = places?.variableFiles(place).map(({ scope, path }) => [scope, path]);
  expect(Object.fromEntries(files ?? [])).toEqual({
    service: 'tenants/acme/production/api/variables.yaml',
    tenant: 'tenants/acme/variables.yaml',
    environment: 'environments/production/variables.yaml',
    repository: 'variables.yaml',
  });
});

test('a layout of one tenant has the scopes that it can name', () => {
  const layout = makeLayout([
    { path: 'apps/{environment}/{service}/**' },
    { path: 'apps/{environment}/variables.yaml' },
    { path: 'variables.yaml' },
    { path: 'out/{environment}/{service}/**', generated: true },
  ]);
  const where = { ...place, tenant: 'default' };
  const places = deliveryPlaces(layout);
  expect(places?.output(where)).toBe('out/production/api');
  expect(places?.application(where)).toBeUndefined();
  expect(places?.environmentFile(where)).toBeUndefined();
  const scopes = places?.variableFiles(where).map(({ scope }) => scope) ?? [];
  expect(scopes.toSorted()).toEqual(['environment', 'repository', 'service']);
});

test('an environment that no template allows has no place', () => {
  const places = deliveryPlaces(makeLayout(defaultTemplates, ['dev']));
  expect(places?.serviceFolder(place)).toBeUndefined();
});

test('without a generated folder that is a service’s own, nothing can be generated', () => {
  expect(deliveryPlaces(makeLayout([{ path: 'a/{tenant}/{service}/**' }]))).toBeUndefined();
  const shared = [{ path: 'a/{tenant}/{service}/**' }, { path: 'out/{tenant}/**', generated: true }];
  expect(deliveryPlaces(makeLayout(shared))).toBeUndefined();
});
