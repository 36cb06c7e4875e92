import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Naming, applicationName } from './application-name.ts';

const naming: Naming = {
  parts: ['tenant', 'environment', 'service'],
  environments: ['dev', 'staging', 'production'],
  prefix: '',
};
const name = (tenant: string, environment: string, service: string, how: Partial<Naming> = {}) =>
  applicationName({ tenant, environment, service }, { ...naming, ...how });

test('a name is the place, joined by hyphens', () => {
  expect(name('acme', 'production', 'api-gateway')).toBe('acme-production-api-gateway');
  expect(name('acme', 'production', 'api', { prefix: 'shop-' })).toBe('shop-acme-production-api');
  expect(name('default', 'dev', 'api', { parts: ['environment', 'service'] })).toBe('dev-api');
});

test('where two places would have one name, both get a hash', () => {
  const [a, b] = [name('a-dev', 'dev', 'x'), name('a', 'dev', 'dev-x')];
  expect(a).toMatch(/^a-dev-dev-x-h[0-9a-f]{10}$/);
  expect(b).toMatch(/^a-dev-dev-x-h[0-9a-f]{10}$/);
  expect(a).not.toBe(b);
  expect(name('a', 'b', 'c-d', { environments: [] })).toMatch(/-h[0-9a-f]{10}$/);
});

test('a name that is too long, or none for Kubernetes, is shortened or cleaned and gets a hash', () => {
  const long = name('acme', 'production', 'x'.repeat(60));
  expect(long).toMatch(/^acme-production-x+-h[0-9a-f]{10}$/);
  expect(long).toHaveLength(63);
  expect(name('Acme_Corp', 'dev', 'api')).toMatch(/^acme-corp-dev-api-h[0-9a-f]{10}$/);
  expect(name('äöü', 'dev', '___')).toMatch(/^dev-h[0-9a-f]{10}$/);
});

test('a place cannot take the name of another by looking like its hash', () => {
  const victim = name('a', 'dev', 'dev-x');
  const service = victim.slice('a-dev-'.length);
  expect(name('a', 'dev', service)).not.toBe(victim);
});

test('different places have different names that Kubernetes takes', () => {
  const word = fc
    .array(fc.constantFrom('a', 'dev', '-', 'B', 'x.y', 'production'), { minLength: 1, maxLength: 12 })
    .map((all) => all.join(''));
  const place = fc.tuple(word, fc.constantFrom('dev', 'production'), word);
  fc.assert(
    fc.property(place, place, (a, b) => {
      const [one, other] = [name(...a), name(...b)];
      expect(one).toMatch(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/);
      expect(one === other).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 1_000 },
  );
});
