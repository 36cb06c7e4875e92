import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';
import { explainPlan } from './explain-plan.ts';
import { digestText } from './plan-digest.ts';

const file = 'tenants/acme/production/api/service.yaml';
const variables = 'tenants/acme/production/api/variables.yaml';
const script = 'tenants/acme/production/api/script';
const now = { [file]: 'tag: v2\nreplicas: 5\n', [variables]: 'A: 2\nB: { x: 1, y: 1 }\n', [script]: 'one' };
const past = { [file]: 'tag: v1\nreplicas: 3\n', [variables]: 'A: 1\nB: { x: 2, y: 2 }\n', [script]: 'two' };
const explained = (keep: string[] = []) => {
  const { plan, trees } = rollBack({ now, past, keep });
  return { plan, full: trees.run(explainPlan(plan)) };
};

test('every changed field of every readable file is filled in and counted', () => {
  const { full } = explained();
  expect(full.services[0]?.fields.map(({ field }) => field)).toEqual(['tag', 'replicas', 'A', 'B.x', 'B.y']);
  expect(full.impact).toEqual({ services: 1, bindings: 0, variables: 2, fields: 5, files: 3 });
});

test('kept fields are not listed as changes', () => {
  expect(explained(['**#/replicas']).full.services[0]?.fields.map(({ field }) => field)).not.toContain(
    'replicas',
  );
});

test('explaining a plan does not change what its digest binds', () => {
  const { plan, full } = explained();
  expect(digestText(full)).toBe(digestText(plan));
});
