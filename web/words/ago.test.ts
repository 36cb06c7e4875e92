import { expect, test } from 'vitest';
import { ago, utcText } from './ago.ts';

test('an age has one unit, the largest that fits', () => {
  const now = Date.UTC(2026, 10, 20, 14);
  const minute = 60_000;
  expect([0, 44, 45, 60].map((seconds) => ago(now - seconds * 1000, now))).toEqual([
    'just now',
    'just now',
    '1 min ago',
    '1 min ago',
  ]);
  expect([59, 60, 23 * 60, 24 * 60].map((minutes) => ago(now - minutes * minute, now))).toEqual([
    '59 min ago',
    '1 h ago',
    '23 h ago',
    '1 d ago',
  ]);
  expect([29, 30, 400].map((days) => ago(now - days * 24 * 60 * minute, now))).toEqual([
    '29 d ago',
    '1 mo ago',
    '1 y ago',
  ]);
});

test('what lies ahead is said so', () => {
  expect(ago(5 * 60_000, 0)).toBe('in 5 min');
  expect(ago(50_000, 0)).toBe('in 1 min');
});

test('the absolute time is UTC to the second', () => {
  expect(utcText('2026-11-20T14:02:05.123Z')).toBe('2026-11-20 14:02:05 UTC');
});
