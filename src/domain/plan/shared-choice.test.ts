import { expect, test } from 'vitest';
import { sharedChoiceOf } from './shared-choice.ts';

test('a whole tenant-environment pins, less leaves, and what is said counts', () => {
  expect(sharedChoiceOf({ mode: 'full' })).toBe('pin');
  expect(sharedChoiceOf({ mode: 'service' })).toBe('leave');
  expect(sharedChoiceOf({ mode: 'field' })).toBe('leave');
  expect(sharedChoiceOf({ mode: 'service', shared: 'pin' })).toBe('pin');
  expect(sharedChoiceOf({ mode: 'full', shared: 'leave' })).toBe('leave');
});

test('the older flag includes, unless the newer word says otherwise', () => {
  expect(sharedChoiceOf({ mode: 'full', includeShared: true })).toBe('include');
  expect(sharedChoiceOf({ mode: 'full', includeShared: false })).toBe('pin');
  expect(sharedChoiceOf({ mode: 'full', includeShared: true, shared: 'leave' })).toBe('leave');
});
