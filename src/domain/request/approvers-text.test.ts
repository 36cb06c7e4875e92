import { expect, test } from 'vitest';
import { approversText } from './approvers-text.ts';

test('a few are named and the rest counted', () => {
  expect(approversText({ names: [], more: 0 })).toBe('nobody who is here now');
  expect(approversText({ names: ['bob'], more: 0 })).toBe('bob');
  expect(approversText({ names: ['jane', 'bob'], more: 0 }, 'or')).toBe('jane or bob');
  expect(approversText({ names: ['jane', 'bob'], more: 3 })).toBe('jane, bob and 3 more');
  expect(approversText({ names: [], more: 1 })).toBe('1 person');
  expect(approversText({ names: [], more: 4 })).toBe('4 people');
});
