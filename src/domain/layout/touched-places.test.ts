import { expect, test } from 'vitest';
import { defaultTemplates, makeLayout } from './layout.ts';
import { touchedPlaces } from './touched-places.ts';

const places = touchedPlaces(makeLayout(defaultTemplates));

test('paths are counted for the tenant-environment that owns them, with their services', () => {
  const found = places([
    'tenants/acme/production/web/service.yaml',
    'tenants/acme/production/api/service.yaml',
    'tenants/acme/production/api/variables.yaml',
    'tenants/acme/production/environment.yaml',
    'tenants/globex/dev/api/service.yaml',
  ]);
  expect(found).toEqual([
    { tenant: 'acme', environment: 'production', services: ['api', 'web'], files: 4 },
    { tenant: 'globex', environment: 'dev', services: ['api'], files: 1 },
  ]);
});

test('shared, generated and foreign paths belong to nobody', () => {
  const path = 'delivery/acme/production/api/all.yaml';
  expect(places(['variables.yaml', 'tenants/acme/variables.yaml', path, 'README.md'])).toEqual([]);
  expect(places([path, path])).toEqual([]);
});

test('names that no text can hold, and names without end, are nobody’s', () => {
  for (const name of ['a\udc80', 'a\nb', 'x'.repeat(300)]) {
    expect(places([`tenants/${name}/dev/api/x`])).toEqual([]);
    expect(places([`tenants/acme/dev/${name}/x`])[0]?.services).toEqual([]);
  }
});
