import { expect, test } from 'vitest';
import { approvalsText, eligibleText, hoursText, protectionText } from './policy-words.ts';

test('approvers are named, sets are joined by and, and nobody named means whoever may', () => {
  const names = new Map([['usr_1', 'jane']]);
  expect(eligibleText([], names)).toBe('whoever may approve');
  const sets = [
    { people: ['usr_1', 'usr_2'], groups: [] },
    { people: [], groups: ['sre'] },
  ];
  expect(eligibleText(sets, names)).toBe('jane or usr_2; and group sre');
});

test('approvals say whether your own counts', () => {
  expect(approvalsText({ approvals: 0, selfApproval: true })).toBe('none');
  expect(approvalsText({ approvals: 1, selfApproval: false })).toBe('1, not your own');
  expect(approvalsText({ approvals: 2, selfApproval: true })).toBe('2, your own counts');
});

test('protection names what takes no push', () => {
  const off = { pushProtection: false, sharedPushProtection: false };
  expect(protectionText(off)).toBe('off');
  expect(protectionText({ ...off, sharedPushProtection: true })).toBe('shared paths');
  expect(protectionText({ pushProtection: true, sharedPushProtection: true })).toBe(
    'own paths and shared paths',
  );
});

test('hours become days where they come out even', () => {
  expect([1, 24, 36, 48, 720].map(hoursText)).toEqual([
    '1 hour',
    '24 hours',
    '36 hours',
    '2 days',
    '30 days',
  ]);
});
