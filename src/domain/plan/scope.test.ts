import { expect, test } from 'vitest';
import { scopeName, tenantEnvironmentName } from './scope.ts';

test('a scope is named as people write it', () => {
  const where = { tenant: 'acme', environment: 'production' };
  expect(tenantEnvironmentName(where)).toBe('acme/production');
  expect(scopeName(where)).toBe('acme/production');
  expect(scopeName({ ...where, service: 'api' })).toBe('acme/production api');
});
