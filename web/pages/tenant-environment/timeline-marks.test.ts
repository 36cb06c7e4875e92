import { expect, test } from 'vitest';
import { timelineMarks } from './timeline-marks.ts';

const at = (minute: number) => ({
  revision: String(minute),
  timestamp: new Date(Date.UTC(2026, 10, 20, 14, minute)).toISOString(),
  source: 'push' as const,
  status: 'success' as const,
});
const now = Date.UTC(2026, 10, 20, 14, 50);

test('the oldest stands at the left end, now is the right one', () => {
  expect(timelineMarks([at(50), at(25), at(0)], now).map((mark) => mark.at)).toEqual([100, 50, 0]);
});

test('what happened at once is still told apart, and nothing leaves the line', () => {
  expect(timelineMarks([at(10), at(10), at(0)], now, 5).map((mark) => mark.at)).toEqual([20, 15, 0]);
  expect(timelineMarks([at(0), at(0), at(0)], now, 5).map((mark) => mark.at)).toEqual([0, 0, 0]);
  expect(timelineMarks([], now)).toEqual([]);
});

test('a clock that runs ahead does not push a mark beyond now', () => {
  expect(timelineMarks([at(59), at(0)], now).map((mark) => mark.at)).toEqual([100, 0]);
});
