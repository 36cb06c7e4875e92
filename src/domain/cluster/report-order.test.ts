import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReportTime, replacesReport } from './report-order.ts';

const at = (reportedAt: number, receivedAt = reportedAt, generation = 1): ReportTime => ({
  generation,
  reportedAt,
  receivedAt,
});
const hour = 3_600_000;

test('only what was made later takes the place of what is kept', () => {
  expect(replacesReport(undefined, at(5))).toBe(true);
  expect(replacesReport(at(5), at(6))).toBe(true);
  expect(replacesReport(at(5), at(4, 900))).toBe(false);
  expect(replacesReport(at(5), at(5, 900))).toBe(true);
});

test('a clock that ran ahead does not silence the right one that follows', () => {
  const ahead = at(10 * hour, 8 * hour);
  expect(replacesReport(ahead, at(8 * hour + 1000))).toBe(true);
  // What it made itself keeps its order.
  expect(replacesReport(ahead, at(10 * hour - 1000, 8 * hour + 1000))).toBe(false);
  expect(replacesReport(ahead, at(10 * hour + 1000, 8 * hour + 2000))).toBe(true);
});

test('a clock that is behind keeps its own order', () => {
  expect(replacesReport(at(hour, 3 * hour), at(hour + 1000, 3 * hour + 1000))).toBe(true);
  expect(replacesReport(at(hour, 3 * hour), at(hour - 1000, 3 * hour + 1000))).toBe(false);
});

test('an agent that was replaced is not heard any more, and a new one is heard at once', () => {
  expect(replacesReport(at(9 * hour, 9 * hour, 2), at(10 * hour, 10 * hour, 1))).toBe(false);
  expect(replacesReport(at(9 * hour, 9 * hour, 1), at(hour, 10 * hour, 2))).toBe(true);
});

test('however reports are replayed and shuffled, the last one made is what is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 }), (made) => {
      let kept: ReportTime | undefined;
      for (const [index, reportedAt] of made.entries()) {
        const next = at(reportedAt * 1000, 2_000_000 + index);
        if (replacesReport(kept, next)) kept = next;
      }
      expect(kept?.reportedAt).toBe(Math.max(...made) * 1000);
    }),
  );
});
