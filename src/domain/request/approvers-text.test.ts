import { expect, test } from 'vitest';
import { approversText } from './approvers-text.ts';

test('a few are named and the rest counted', () => {
  expect(approversText({ names: [], more: 0, atLeast: false })).toBe('nobody who is here now');
  expect(approversText({ names: ['bob'], more: 0, atLeast: false })).toBe('bob');
  expect(approversText({ names: ['jane', 'bob'], more: 0, atLeast: false }, 'or')).toBe('jane or bob');
  expect(approversText({ names: ['jane', 'bob'], more: 3, atLeast: false })).toBe('jane, bob and 3 more');
  expect(approversText({ names: [], more: 1, atLeast: false })).toBe('1 person');
  expect(approversText({ names: [], more: 4, atLeast: false })).toBe('4 people');
});

test('where not everybody was looked at, it says no more than that', () => {
  const text = (names: readonly string[], more: number) => approversText({ names, more, atLeast: true });
  expect(text([], 0)).toBe('nobody of those who were looked at');
  expect(text([], 4)).toBe('at least 4 people');
  expect(text(['jane', 'bob'], 3)).toBe('jane, bob and at least 3 more');
  expect(text(['jane'], 0)).toBe('jane and perhaps others');
});
