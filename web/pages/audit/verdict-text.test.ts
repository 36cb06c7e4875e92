import { expect, test } from 'vitest';
import { verdictText } from './verdict-text.ts';

const whole = {
  ok: true,
  rows: 42,
  lastHash: 'ab',
  firstBad: null,
  checkpoints: { checked: 0, bad: 0 },
} as const;

test('a log that holds says how much was looked at', () => {
  expect(verdictText(whole)).toEqual({
    title: 'The log holds',
    text: 'Each of its 42 rows continues the last. No checkpoint is signed yet.',
  });
  expect(verdictText({ ...whole, checkpoints: { checked: 3, bad: 0 } }).text).toMatch(/All 3 signed/);
});

test('a log that does not hold names the first bad row', () => {
  const firstBad = { seq: 12, reason: 'row 12 was altered' };
  expect(verdictText({ ...whole, ok: false, rows: 11, firstBad })).toEqual({
    title: 'The log does not hold: row 12 was altered',
    text: '11 rows were found in order. No checkpoint is signed yet.',
  });
});

test('a checkpoint that disagrees is told even when every row continues the last', () => {
  const bad = verdictText({ ...whole, ok: false, checkpoints: { checked: 3, bad: 1 } });
  expect(bad.title).toBe('The log does not hold');
  expect(bad.text).toMatch(/1 of 3 signed checkpoints/);
});
