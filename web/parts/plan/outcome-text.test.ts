import { expect, test } from 'vitest';
import { outcomeText } from './outcome-text.ts';

const bob = { id: 'usr_1', name: 'bob', email: 'bob@example.com', kind: 'person' } as const;
const jane = { id: 'usr_2' };
const asked = {
  plan: { kind: 'rollback' as const },
  reason: null,
  approvalsNeeded: 1,
  approvers: { people: [bob], more: 0, atLeast: false },
};

test('each outcome is said beforehand', () => {
  const all = (['runs_now', 'awaits_approval', 'break_glass', 'awaits_execution'] as const).map((outcome) =>
    outcomeText({ ...asked, outcome }, jane),
  );
  expect(all.map(({ button }) => button)).toEqual([
    'Roll back now',
    'Submit for approval',
    'Run now (break-glass)',
    'Submit',
  ]);
  expect(all[1]?.line).toBe('Needs 1 approval; bob can give it. You cannot approve your own.');
});

test('what runs at once is called what it is', () => {
  const button = (kind: 'undo' | 'release' | 'promotion') =>
    outcomeText({ ...asked, plan: { kind }, outcome: 'runs_now' }, jane).button;
  expect([button('undo'), button('release'), button('promotion')]).toEqual([
    'Undo now',
    'Release now',
    'Promote now',
  ]);
});

test('whose own approval counts is not told otherwise, and nobody is said to be there who is not', () => {
  const line = (approvers: typeof asked.approvers | null, me = jane) =>
    outcomeText({ ...asked, outcome: 'awaits_approval', approvalsNeeded: 2, approvers }, me).line;
  expect(line({ people: [bob], more: 3, atLeast: false }, bob)).toBe(
    'Needs 2 approvals; bob or 3 more can give them.',
  );
  expect(line({ people: [], more: 0, atLeast: false })).toBe(
    'Needs 2 approvals; nobody who is here now can give them. You cannot approve your own.',
  );
  expect(line(null)).toBe('Needs 2 approvals. You cannot approve your own.');
});

test('a refusal says its reason', () => {
  expect(outcomeText({ ...asked, outcome: 'refused', reason: 'frozen' }, jane).line).toBe('frozen');
});
