import { expect, test } from 'vitest';
import { checkpointText, isCheckpointDue } from './audit-checkpoint.ts';

test('every member is in the signed text, on a line of its own', () => {
  const text = checkpointText({ seq: 7, hash: 'ab', at: 12, keyId: 'k' });
  expect(text).toBe('knowngood-checkpoint-1\n7\nab\n12\nk\n');
});

test('one is due after a minute or a thousand rows, and never for a row that has one', () => {
  const newest = { seq: 10, at: 5_000 };
  const due = (head: number, now: number): boolean => isCheckpointDue(newest, head, now);
  expect([due(11, 64_999), due(11, 65_000)]).toEqual([false, true]);
  expect([due(1_009, 5_001), due(1_010, 5_001)]).toEqual([false, true]);
  expect(due(10, 900_000)).toBe(false);
  expect([isCheckpointDue(undefined, 0, 900_000), isCheckpointDue(undefined, 1, 900_000)]).toEqual([
    false,
    true,
  ]);
});

test('a log that is shorter than what was signed is looked at, too', () => {
  expect(isCheckpointDue({ seq: 10, at: 5_000 }, 9, 65_000)).toBe(true);
});
