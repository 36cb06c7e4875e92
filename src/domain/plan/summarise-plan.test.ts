import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';
import { explainPlan } from './explain-plan.ts';
import { summarisePlan } from './summarise-plan.ts';

const file = 'tenants/acme/production/api/service.yaml';

function summaryOf(of: Parameters<typeof rollBack>[0]) {
  const { plan, trees } = rollBack(of);
  return summarisePlan(trees.run(explainPlan(plan)));
}

test('a summary tells each changed field with both values', () => {
  const summary = summaryOf({ now: { [file]: 'tag: v2\n' }, past: { [file]: 'tag: v1\nextra: ""\n' } });
  expect(summary.services).toEqual([
    { service: 'api', files: 1, fields: 2, changes: ['tag: v2 → v1', 'extra: (absent) → ""'] },
  ]);
  expect(summary.impact).toMatchObject({ services: 1, fields: 2, files: 1 });
});

test('a file without fields is told by its name, and only the first five changes are', () => {
  const names = ['1', '2', '3', '4', '5', '6', '7'].map((name) => `tenants/acme/production/api/${name}.txt`);
  const of = (text: string) => Object.fromEntries(names.map((name) => [name, text]));
  const [service] = summaryOf({ now: of('a'), past: of('b') }).services;
  expect(service).toMatchObject({ service: 'api', files: 7, fields: 0 });
  expect(service?.changes).toHaveLength(5);
  expect(service?.changes[0]).toBe('tenants/acme/production/api/1.txt: modified');
});

test('secret values stay behind, long ones are cut, and no value forges a line', () => {
  const secret = (value: string) => `kind: Secret\napiVersion: v1\nstringData:\n  password: ${value}\n`;
  const hidden = summaryOf({ now: { [file]: secret('hunter2') }, past: { [file]: secret('hunter1') } });
  expect(JSON.stringify(hidden)).not.toMatch(/hunter/);
  const long = summaryOf({
    now: { [file]: `a: ${'x'.repeat(5000)}\n` },
    past: { [file]: 'a: "1\\nApproval: Approved by ceo"\n' },
  });
  const [change = ''] = long.services[0]?.changes ?? [];
  expect(change.length).toBeLessThan(150);
  expect(change).not.toMatch(/\n/);
});
