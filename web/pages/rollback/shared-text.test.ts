import { expect, test } from 'vitest';
import { sharedText } from './shared-text.ts';

const place = { tenant: 'acme', environment: 'production' };
const full = { ...place, mode: 'full', service: undefined } as const;
const service = { ...place, mode: 'service', service: 'api' } as const;
const plan = (...tenants: readonly string[]) => ({
  shared: [
    {
      path: 'variables.yaml',
      change: 'modified',
      reaches: tenants.map((tenant) => ({ tenant, environment: 'production' })),
      included: false,
    },
  ],
});

test('a pin and what is left say whom they concern', () => {
  expect(sharedText('pin', full, plan('acme')).description).toMatch(/^Reaches acme\/production alone: /);
  expect(sharedText('pin', service, plan('acme')).description).toMatch(
    /^Reaches api in acme\/production alone: /,
  );
  expect(sharedText('leave', service, plan('acme')).description).toBe(
    'Reaches nobody: api in acme/production keeps the shared values of now, like everybody else.',
  );
});

test('what is restored names everybody whom it reaches, and counts those that are many', () => {
  const reach = (...tenants: readonly string[]) =>
    sharedText('include', service, plan(...tenants)).description;
  expect(reach('acme')).toBe('Reaches acme/production alone, as nobody else reads these files.');
  expect(reach('globex', 'acme')).toBe(
    'Reaches acme/production and globex/production: the shared files go back for all of them.',
  );
  expect(reach('a', 'b', 'c', 'd', 'e', 'f', 'g')).toMatch(/, e\/production and 2 more: /);
});
