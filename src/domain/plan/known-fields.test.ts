import { expect, test } from 'vitest';
import { rollBack } from '../../../test/kit/plans.ts';
import { explainPlan } from './explain-plan.ts';
import { readPlannedFields } from './field-file.ts';
import { changeKey, knownFields } from './known-fields.ts';

const file = 'tenants/acme/production/api/service.yaml';
const variables = 'tenants/acme/production/api/variables.yaml';
const now = { [file]: 'tag: v2\nreplicas: 5\n', [variables]: 'A: 2\n' };
const past = { [file]: 'tag: v1\nreplicas: 3\n', [variables]: 'A: 1\n' };

test('an explained rollback knows the fields of its files as reading them again would tell them', () => {
  const { plan, trees } = rollBack({ now, past });
  const known = knownFields(trees.run(explainPlan(plan)));
  const files = plan.services.flatMap((service) => service.files);
  expect([...known.keys()]).toEqual(files.map(changeKey));
  for (const change of files)
    expect(known.get(changeKey(change))).toEqual(trees.run(readPlannedFields([change])));
});

test('a file of which something is kept, and a plan of chosen fields, say nothing for certain', () => {
  const kept = rollBack({ now, past, keep: ['**#/replicas'] });
  const names = [...knownFields(kept.trees.run(explainPlan(kept.plan))).keys()];
  expect(names.map((key) => key.split(' ').at(-1))).toEqual([variables]);
  const whole = rollBack({ now, past });
  expect(knownFields({ ...whole.trees.run(explainPlan(whole.plan)), mode: 'field' }).size).toBe(0);
  expect(knownFields({ ...whole.plan, kind: 'undo' }).size).toBe(0);
});
