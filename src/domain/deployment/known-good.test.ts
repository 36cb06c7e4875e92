import { expect, test } from 'vitest';
import type { HealthRecord, HealthState } from '../cluster/health-record.ts';
import { type DeploymentFacts, judgeDeployment } from './known-good.ts';

const hour = 3_600_000;
const health = (last: HealthState, best: HealthState = 'Healthy'): HealthRecord => ({
  best,
  worst: last,
  last,
  healthyMilliseconds: 90 * 60_000,
  firstAt: 0,
  lastAt: hour,
});
const judged = (said: Partial<DeploymentFacts>): string => {
  const usual = { at: 0, nextAt: 2 * hour, now: 9 * hour, mark: undefined, signals: [] };
  const { goodness, reason } = judgeDeployment({
    status: 'success',
    health: health('Healthy'),
    ...usual,
    ...said,
  });
  return `${goodness}: ${reason}`;
};
const alert = (startedAt: number) => ({ name: 'HighErrorRate', startedAt, endedAt: undefined });
const by = { by: 'jane@example.com', reason: '' };

test('what was healthy until the next one came, for an hour at least, is known to be good', () => {
  expect(judged({})).toBe('good: it was healthy for 90 minutes, until the next one came');
  expect(judged({ nextAt: hour - 1 })).toBe('unknown: another deployment followed within the hour');
  expect(judged({ nextAt: undefined })).toBe('soaking: it is in force; it has been healthy for 90 minutes');
});

test('without a report nothing is known, and nothing is guessed', () => {
  expect(judged({ health: undefined })).toBe('unknown: no cluster reported how it was');
  expect(judged({ health: health('Unknown', 'Unknown') })).toBe('unknown: no cluster reported how it was');
  expect(judged({ health: health('Progressing', 'Progressing') })).toBe('unknown: it was never seen healthy');
});

test.for([
  [{ status: 'rolled_back' }, 'bad: it was rolled back'],
  [{ status: 'failed' }, 'bad: it failed'],
  [{ health: health('Degraded') }, 'bad: it was Degraded when it was last seen'],
  [{ signals: [alert(5)] }, 'bad: the alert HighErrorRate began while it was in force'],
  [{ mark: { ...by, mark: 'bad', reason: 'slow' } }, 'bad: jane@example.com marked it bad: slow'],
] as const)('%o makes it bad', ([said, expected]) => {
  expect(judged(said)).toBe(expected);
});

test('an alert is held against the deployment in which it began', () => {
  expect(judged({ signals: [alert(-1), alert(2 * hour)] })).toContain('good');
  expect(judged({ signals: [alert(hour)], nextAt: undefined })).toContain('bad');
});

test('a person knows better than alerts and reports, but not than a rollback', () => {
  const good = { ...by, mark: 'good' } as const;
  expect(judged({ mark: good, signals: [alert(5)], health: undefined })).toBe(
    'good: jane@example.com marked it good',
  );
  expect(judged({ mark: good, status: 'rolled_back' })).toBe('bad: it was rolled back');
});
