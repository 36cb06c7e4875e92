import { expect, test } from 'vitest';
import { someHold } from './hold.test-kit.ts';
import { holdEnd, holdState } from './hold.ts';

test('a hold is in force until it is lifted or its time has come', () => {
  const by = { personId: 'usr_1', accountId: 'usr_1', name: 'bob', email: undefined };
  const lifted = someHold({ lifted: { at: 1_500, by, reason: 'fixed' } });
  expect(holdState(someHold(), 1_999)).toBe('in_force');
  expect(holdState(someHold(), 2_000)).toBe('expired');
  expect(holdState(lifted, 1_600)).toBe('lifted');
  expect(holdState(lifted, 9_000)).toBe('lifted');
});

test('it stands for a week', () => {
  expect(holdEnd(0)).toBe(7 * 86_400_000);
});
