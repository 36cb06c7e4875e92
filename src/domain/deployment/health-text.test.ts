import { expect, test } from 'vitest';
import { healthText } from './health-text.ts';

test.for([
  ['Healthy', 'Healthy', 0, 'Healthy for 0 min'],
  ['Healthy', 'Healthy', 59, 'Healthy for 59 min'],
  ['Healthy', 'Degraded', 250, 'best Healthy for 4 h, worst Degraded'],
  ['Healthy', 'Progressing', 72 * 60, 'best Healthy for 3 days, worst Progressing'],
  ['Degraded', 'Degraded', 0, 'never better than Degraded'],
  ['Progressing', 'Degraded', 0, 'best Progressing, worst Degraded'],
] as const)('best %s, worst %s and %i minutes', ([best, worst, minutesHealthy, text]) => {
  expect(healthText({ best, worst, minutesHealthy })).toBe(text);
});
