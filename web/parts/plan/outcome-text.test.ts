import { expect, test } from 'vitest';
import { outcomeText } from './outcome-text.ts';

const bob = { id: 'usr_1', name: 'bob', email: 'bob@example.com', kind: 'person' } as const;
const asked = {
  plan: { kind: 'rollback' as const },
  reason: null,
  approvalsNeeded: 1,
  eligibleApprovers: [bob],
};

test('each outcome is said beforehand', () => {
  const all = (['runs_now', 'awaits_approval', 'break_glass', 'awaits_execution'] as const).map((outcome) =>
    outcomeText({ ...asked, outcome }),
  );
  expect(all.map(({ button }) => button)).toEqual([
    'Roll back now',
    'Submit for approval',
    'Run now (break-glass)',
    'Submit',
  ]);
  expect(all[1]?.line).toBe('Needs 1 approval; who may approve: bob. You cannot approve your own.');
});

test('what runs at once is called what it is', () => {
  const button = (kind: 'undo' | 'release' | 'promotion') =>
    outcomeText({ ...asked, plan: { kind }, outcome: 'runs_now' }).button;
  expect([button('undo'), button('release'), button('promotion')]).toEqual([
    'Undo now',
    'Release now',
    'Promote now',
  ]);
});

test('a refusal says its reason', () => {
  expect(outcomeText({ ...asked, outcome: 'refused', reason: 'frozen' }).line).toBe('frozen');
  expect(
    outcomeText({ ...asked, outcome: 'awaits_approval', approvalsNeeded: 2, eligibleApprovers: [] }).line,
  ).toBe('Needs 2 approvals. You cannot approve your own.');
});
