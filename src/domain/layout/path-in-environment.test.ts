import { expect, test } from 'vitest';
import { makeLayout } from './layout.ts';
import { pathInEnvironment } from './path-in-environment.ts';

test.each([
  [
    'tenants/{tenant}/{environment}/{service}/**',
    'tenants/a/dev/web/x/y.yaml',
    'tenants/a/prod/web/x/y.yaml',
  ],
  ['{service}/values-{environment}.yaml', 'web/values-dev.yaml', 'web/values-prod.yaml'],
  // Below the place of a service the name of an environment is a name like any other.
  ['{tenant}/{environment}/{service}/**', 'a/dev/web/values-dev.yaml', 'a/prod/web/values-dev.yaml'],
  ['{tenant}/{environment:dev|test}/{service}/**', 'a/dev/web/x', undefined],
  ['base/{service}/**', 'base/web/x', undefined],
  ['{tenant}/{environment}/{service}/**', 'README', undefined],
])('in the layout %s, %s is %s', (template, path, expected) => {
  expect(pathInEnvironment(makeLayout([{ path: template }]), path, 'prod')).toBe(expected);
});

test('a path that would be somebody else’s, or generated, has no counterpart', () => {
  const layout = makeLayout([
    { path: 'x/{environment}/{service}/**' },
    { path: 'x/prod/web/**', generated: true },
    { path: 'x/prod/{tenant}/api/**' },
  ]);
  expect(pathInEnvironment(layout, 'x/dev/web/a', 'prod')).toBeUndefined();
  expect(pathInEnvironment(layout, 'x/dev/db/a', 'prod')).toBe('x/prod/db/a');
});
