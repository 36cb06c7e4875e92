import { expect, test } from 'vitest';
import { beginsAt, readCron } from './cron-schedule.ts';

/** How often it begins in the week from Monday, 2 November 2026. */
const inWeek = (text: string): number => {
  const schedule = readCron(text);
  if (!schedule) return -1;
  let count = 0;
  for (let minute = 0; minute < 7 * 24 * 60; minute += 1)
    if (beginsAt(schedule, new Date(Date.UTC(2026, 10, 2, 0, minute)))) count += 1;
  return count;
};

test.for([
  ['* * * * *', 10_080],
  ['0 8 * * *', 7],
  ['*/15 * * * *', 672],
  ['10/20 * * * *', 504],
  ['0 22 * * 1-5', 5],
  ['0 22 * * mon-FRI', 5],
  ['0,30 9-17 * * sat,sun', 36],
  ['0 0 1 * *', 0],
  ['0 0 5 11 ?', 1],
  ['0 0 5 nov *', 1],
  ['@daily', 7],
  ['@hourly', 168],
  // With both days restricted either is enough.
  ['0 0 5 * mon', 2],
] as const)('%s begins %i times', ([text, count]) => {
  expect(inWeek(text)).toBe(count);
});

test.for([
  '',
  '* * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '5-1 * * * *',
  '*/0 * * * *',
  'x * * * *',
  '@never',
])('"%s" is no schedule', (text) => {
  expect(readCron(text)).toBeUndefined();
});
