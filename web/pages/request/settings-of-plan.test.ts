import { expect, test } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import { settingsOfPlan } from './settings-of-plan.ts';

type Field = Plan['services'][number]['fields'][number];

const file = 'tenants/acme/dev/web/service.yaml';
const field = (name: string, parts: Partial<Field>): Field => ({
  file,
  address: `${file}#/${name}`,
  field: name,
  presentBefore: true,
  before: 'v1',
  presentAfter: true,
  after: 'v2',
  secret: false,
  ...parts,
});
const plan = (path: string, ...fields: readonly Field[]): Pick<Plan, 'services'> => ({
  services: [
    { service: 'web', files: [{ path, change: 'modified', before: null, after: null }], fields: [...fields] },
  ],
});

test('a release is put together anew from the fields that it set and took away', () => {
  const fields = [
    field('tag', {}),
    field('replicas', { after: 3 }),
    field('old', { presentAfter: false, after: null }),
  ];
  expect(settingsOfPlan(plan(file, ...fields))).toEqual([
    `["web","${file}#/tag","v2"]`,
    `["web","${file}#/replicas","3"]`,
    `["web","${file}#/old"]`,
  ]);
});

test('what wrote a whole file or a secret cannot be put together', () => {
  expect(settingsOfPlan(plan('other.yaml', field('tag', {})))).toBeUndefined();
  expect(settingsOfPlan(plan(file, field('tag', { secret: true, after: null })))).toBeUndefined();
  expect(settingsOfPlan({ services: [] })).toBeUndefined();
});
