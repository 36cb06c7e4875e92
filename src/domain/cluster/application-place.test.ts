import { expect, test } from 'vitest';
import { defaultTemplates, makeLayout } from '../layout/layout.ts';
import { applicationOf } from './application.test-kit.ts';
import { folderSources, placeOfFolder } from './application-place.ts';

const layout = makeLayout(defaultTemplates);

test.for([
  ['delivery/acme/production/api', 'acme/production/api'],
  ['./tenants/acme/production/api/', 'acme/production/api'],
  ['tenants/acme/production', 'acme/production/'],
  ['tenants/acme', undefined],
  ['.', undefined],
  ['', undefined],
  ['charts/api', undefined],
] as const)('an Application that reads %s deploys %s', ([path, place]) => {
  const found = placeOfFolder(layout, path);
  expect(found && `${found.tenant}/${found.environment}/${found.service ?? ''}`).toBe(place);
});

test('layouts that name the environment last, or have one tenant, are understood', () => {
  const components = makeLayout([{ path: 'components/{service}/{environment}/**' }]);
  expect(placeOfFolder(components, 'components/api/staging')).toEqual({
    tenant: 'default',
    environment: 'staging',
    service: 'api',
  });
  const overlays = makeLayout([{ path: 'apps/{service}/overlays/{environment}/{tenant}/**' }]);
  expect(placeOfFolder(overlays, 'apps/api/overlays/staging/acme')?.tenant).toBe('acme');
});

test('charts are no folders of a repository; each other source is looked at', () => {
  const repoUrl = 'https://git.example.com/shop';
  const source = { repoUrl, path: 'a', chart: '', targetRevision: 'main' };
  const several = applicationOf({ sources: [source, { ...source, chart: 'redis' }] });
  expect(folderSources(several)).toMatchObject([source]);
  expect(folderSources(applicationOf({ repoUrl, path: 'b' })).map(({ path }) => path)).toEqual(['b']);
});
