import { expect, test } from 'vitest';
import { makeLayout } from '../domain/layout/layout.ts';
import { serviceFolders } from './service-folders.ts';

const place = { tenant: 'acme', environment: 'production', service: 'web' };

test('the folders of a service are those that are neither shared nor generated', () => {
  const layout = makeLayout([
    { path: 'apps/{tenant}/{environment}/{service}/**' },
    { path: 'more/{service}/{environment}/{tenant}/**' },
    { path: 'apps/{tenant}/{environment}/**' },
    { path: 'made/{tenant}/{environment}/{service}/**', generated: true },
    { path: 'tags/{tenant}/{environment}/{service}' },
  ]);
  expect(serviceFolders(layout, place)).toEqual(['apps/acme/production/web', 'more/web/production/acme']);
});

test('a folder for other environments is not its own', () => {
  const layout = makeLayout([{ path: 'apps/{service}/{tenant}/{environment:dev|staging}/**' }]);
  expect(serviceFolders(layout, place)).toEqual([]);
});
