import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';

const file = 'tenants/acme/production/api/service.yaml';
const values = 'tenants/acme/production/api/values.yaml';
const now = { [file]: 'image:\n  tag: v2 # keep me\nreplicas: 5\n', [values]: 'image:\n  tag: v2\n' };
const past = { [file]: 'image:\n  tag: v1\nreplicas: 3\n', [values]: 'image:\n  tag: v1\n' };

test('the plan lists the chosen fields with both values, and counts only them', () => {
  const { plan, files } = rollBack({ now, past, service: 'api', fields: [`${file}#/image/tag`] });
  expect(plan.services[0]?.fields).toEqual([
    { file, address: `${file}#/image/tag`, field: 'image.tag', before: 'v2', after: 'v1', secret: false },
  ]);
  expect(plan.impact).toMatchObject({ services: 1, fields: 1, files: 1 });
  expect(files[values]).toBe(now[values]);
});

test('one field that cannot be edited refuses them all and says why', () => {
  const anchored = { [file]: 'a: &x 1\nb: *x\nc: 1\n' };
  const { plan } = rollBack({
    now: anchored,
    past: { [file]: 'a: &x 2\nb: *x\nc: 2\n' },
    service: 'api',
    fields: ['a', 'c'],
  });
  expect(plan.edits).toEqual([]);
  expect(plan.refused.map(({ address }) => address)).toEqual([`${file}#/a`]);
});
