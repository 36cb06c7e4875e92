import { expect, test } from 'vitest';
import type { Plan } from '../../../src/contract/plan.ts';
import { impactText, ticksOf } from './plan-facts.ts';

const state = { mode: '100644', oid: '1'.repeat(40) };
const plan: Pick<Plan, 'services' | 'hazards' | 'impact'> = {
  impact: { services: 1, bindings: 0, variables: 1, fields: 2, files: 2 },
  services: [
    {
      service: 'web',
      fields: [],
      files: [
        { path: 'web/service.yaml', change: 'modified', before: state, after: state },
        { path: 'web/new.yaml', change: 'deleted', before: state, after: null },
      ],
    },
  ],
  hazards: [
    { code: 'not_regenerated', message: 'run your generator', blocking: false, paths: [] },
    { code: 'service_absent_at_target', message: 'this deletes web', blocking: true, paths: [] },
  ],
};

test('the counts stand in one line', () => {
  expect(impactText(plan)).toBe('1 service · 2 fields · 0 bindings · 1 variable · 2 files · 1 delete');
});

test('deletes and blocking hazards are ticked one by one', () => {
  expect(ticksOf(plan)).toEqual(['this deletes web', 'delete web/new.yaml']);
});
