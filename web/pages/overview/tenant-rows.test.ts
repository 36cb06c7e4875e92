import { expect, test } from 'vitest';
import { tenantRows } from './tenant-rows.ts';

const places = [
  { tenant: 'acme', environment: 'production' },
  { tenant: 'acme', environment: 'dev' },
  { tenant: 'globex', environment: 'dev' },
  { tenant: 'globex', environment: 'odd' },
];

test('environments stand in the order of promotion, unknown ones last', () => {
  expect(tenantRows(places, ['dev', 'staging', 'production']).environments).toEqual([
    'dev',
    'production',
    'odd',
  ]);
});

test('where a tenant lacks an environment the cell is empty', () => {
  const { rows } = tenantRows(places, ['dev', 'production']);
  expect(rows.map(({ tenant, cells }) => [tenant, ...cells.map((cell) => cell?.environment)])).toEqual([
    ['acme', 'dev', 'production', undefined],
    ['globex', 'dev', undefined, 'odd'],
  ]);
});

test('the filter looks for a part of the name in any case', () => {
  expect(tenantRows(places, [], 'LOB').rows.map(({ tenant }) => tenant)).toEqual(['globex']);
});
