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
    field('replicas', { before: 2, after: 3 }),
    field('port', { after: '8080' }),
    field('debug', { presentBefore: false, before: null, after: true }),
    field('level', { presentBefore: false, before: null, after: 'info' }),
    field('old', { presentAfter: false, after: null }),
  ];
  expect(settingsOfPlan(plan(file, ...fields))).toEqual([
    `["web","${file}#/tag","v2"]`,
    `["web","${file}#/replicas","3"]`,
    `["web","${file}#/port","8080"]`,
    `["web","${file}#/debug","true"]`,
    `["web","${file}#/level","info"]`,
    `["web","${file}#/old"]`,
  ]);
});

test('what wrote a whole file or a secret cannot be put together', () => {
  expect(settingsOfPlan(plan('other.yaml', field('tag', {})))).toBeUndefined();
  expect(settingsOfPlan(plan(file, field('tag', { secret: true, after: null })))).toBeUndefined();
  expect(settingsOfPlan({ services: [] })).toBeUndefined();
});

test.each([
  ['a mapping', { before: null, after: { cpu: '1' } }],
  ['a list', { before: ['a'], after: ['a', 'b'] }],
  ['an empty text', { after: '' }],
  ['a blank text', { after: ' ' }],
  ['a text that looks like a number, where there was no text', { before: 80, after: '8080' }],
  ['a text that looks like a truth value, where there was nothing', { before: null, after: 'true' }],
  ['a number where there was text', { before: '2', after: 3 }],
])('%s cannot be put together: the form would read another value', (_, parts) => {
  expect(settingsOfPlan(plan(file, field('value', parts)))).toBeUndefined();
});
