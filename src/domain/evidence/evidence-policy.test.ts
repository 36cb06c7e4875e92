import { expect, test } from 'vitest';
import { policyLines } from './evidence-policy.ts';
import { policyOf } from '../policy/policy.test-kit.ts';

test('every rule of a policy is a line', () => {
  expect(policyLines(policyOf({ approvals: 2 }))).toEqual([
    'Approvals: 2',
    'Approvers: whoever has the right to approve',
    'Own approval counts: no',
    'Execution: automatic',
    'Expires after: 24 h',
    'Break-glass: admin, owner; 60 min; review within 7 d',
    'Rollbacks run in a freeze: yes',
    'Direct pushes refused: no, of shared paths: no',
    'Whoever changed it may approve after: 24 h',
    'Clusters are asked after a commit: nothing',
  ]);
});

test('sets of approvers and freeze windows are named', () => {
  const weekend = {
    kind: 'weekly',
    name: 'weekend',
    from: 'Fri 16:00',
    to: 'Mon 08:00',
    offset: 'Z',
  } as const;
  const eligible = [
    { people: ['usr_a'], groups: ['sre'] },
    { people: [], groups: [] },
  ];
  const breakGlass = { roles: [], minutes: 60, reviewDays: 7 };
  const lines = policyLines(policyOf({ eligible, freezeWindows: [weekend], breakGlass }));
  expect(lines).toContain('Approvers, each of them in: `usr_a`, group `sre`');
  expect(lines).toContain('Approvers, each of them in: nobody');
  expect(lines).toContain('Freeze: `weekend`, `Fri 16:00` to `Mon 08:00` `Z`');
  expect(lines).toContain('Break-glass: nobody');
  expect(policyLines(policyOf({ nudge: 'refresh' }))).toContain(
    'Clusters are asked after a commit: to look at Git',
  );
});
