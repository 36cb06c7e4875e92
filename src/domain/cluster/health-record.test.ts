import { expect, test } from 'vitest';
import {
  type HealthRecord,
  type HealthState,
  healthStateOf,
  joinHealth,
  recordHealth,
} from './health-record.ts';

const minute = 60_000;
const watch = (looks: readonly (readonly [HealthState, number])[]): HealthRecord | undefined =>
  looks.reduce<HealthRecord | undefined>(
    (record, [state, minutes]) => recordHealth(record, { state, at: minutes * minute }),
    undefined,
  );

test('minutes in which it was healthy add up, and a long silence counts for little', () => {
  const looks = [
    ['Healthy', 0],
    ['Healthy', 2],
    ['Degraded', 3],
    ['Healthy', 4],
    ['Healthy', 200],
  ] as const;
  expect(watch(looks)).toMatchObject({
    best: 'Healthy',
    worst: 'Degraded',
    last: 'Healthy',
    healthyMilliseconds: 8 * minute,
  });
});

test('rolling out is not held against a deployment; progress that comes later is', () => {
  expect(
    watch([
      ['Progressing', 0],
      ['Healthy', 1],
    ])?.worst,
  ).toBe('Healthy');
  expect(
    watch([
      ['Degraded', 0],
      ['Healthy', 1],
    ])?.worst,
  ).toBe('Degraded');
  expect(
    watch([
      ['Progressing', 0],
      ['Healthy', 1],
      ['Progressing', 2],
    ])?.worst,
  ).toBe('Progressing');
});

test('a look that is older than the last one changes nothing', () => {
  const record = watch([['Healthy', 5]])!;
  expect(recordHealth(record, { state: 'Degraded', at: 4 * minute })).toBe(record);
});

test('a word that Argo CD does not have is unknown', () => {
  expect([healthStateOf('Healthy'), healthStateOf(''), healthStateOf('Great')]).toEqual([
    'Healthy',
    'Unknown',
    'Unknown',
  ]);
});

test('together they are never better than the worst', () => {
  const good = watch([
    ['Healthy', 0],
    ['Healthy', 3],
  ])!;
  const bad = watch([
    ['Healthy', 1],
    ['Degraded', 2],
  ])!;
  expect(joinHealth([good, bad])).toEqual({
    best: 'Healthy',
    worst: 'Degraded',
    last: 'Degraded',
    healthyMilliseconds: minute,
    firstAt: 0,
    lastAt: 3 * minute,
  });
  expect(joinHealth([])).toBeUndefined();
});
