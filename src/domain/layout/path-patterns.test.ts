import { expect, test } from 'vitest';
import { defaultTemplates, makeLayout } from './layout.ts';
import { pathPatterns } from './path-patterns.ts';

test('a service is covered by the templates that name it', () => {
  const layout = makeLayout(defaultTemplates);
  expect(pathPatterns(layout, { tenant: 'acme', environment: 'production', service: 'api' })).toEqual([
    'tenants/acme/production/api/**',
  ]);
  expect(pathPatterns(layout, { tenant: 'acme', environment: 'production' })).toEqual([
    'tenants/acme/production/*/**',
    'tenants/acme/production/**',
  ]);
});

test('names that the layout does without are default', () => {
  const layout = makeLayout([{ path: 'tags/{environment:dev|prod}/v-{service}.txt' }]);
  expect(pathPatterns(layout, { tenant: 'default', environment: 'dev', service: 'a*b' })).toEqual([
    String.raw`tags/dev/v-a\*b.txt`,
  ]);
  expect(pathPatterns(layout, { tenant: 'acme', environment: 'dev' })).toEqual([]);
  expect(pathPatterns(layout, { tenant: 'default', environment: 'qa' })).toEqual([]);
});
