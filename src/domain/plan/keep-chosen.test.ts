import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';

const file = 'tenants/acme/production/api/service.yaml';
const values = 'tenants/acme/production/api/values.yaml';
const now = { [file]: 'image:\n  tag: v2\nreplicas: 5\n', [values]: 'debug: true\n' };
const past = { [file]: 'image:\n  tag: v1\nreplicas: 3\n', [values]: 'debug: false\n' };
const fields = [`${file}#/image/tag`, `${file}#/replicas`, `${values}#/debug`];

test('what a pattern holds back stays although it was chosen, and is listed with the pattern', () => {
  const { plan, files } = rollBack({
    now,
    past,
    service: 'api',
    fields,
    keep: ['**#/replicas', '**/values.yaml'],
  });
  expect(files).toEqual({ ...now, [file]: 'image:\n  tag: v1\nreplicas: 5\n' });
  expect(plan.kept).toEqual([
    { path: file, address: '#/replicas', pattern: '**#/replicas' },
    { path: values, address: '#/debug', pattern: '**/values.yaml' },
  ]);
  expect(plan.impact).toMatchObject({ fields: 1, files: 1 });
});

test('patterns that hold back all that was chosen leave nothing to do', () => {
  const { plan, files } = rollBack({ now, past, service: 'api', fields, keep: ['**'] });
  expect(files).toEqual(now);
  expect([plan.edits, plan.kept.length]).toEqual([[], 3]);
});
