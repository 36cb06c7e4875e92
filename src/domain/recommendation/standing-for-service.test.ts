import { expect, test } from 'vitest';
import { type DeploymentStanding, standingForService } from './standing-for-service.ts';

const rolledBack: DeploymentStanding = {
  standing: { goodness: 'bad', reason: 'it was rolled back' },
  status: 'rolled_back',
  rolledBackServices: ['api'],
  mark: undefined,
};

test('that other services of it were rolled back says nothing of this one', () => {
  expect(standingForService(rolledBack, 'web')).toEqual({
    goodness: 'unknown',
    reason: 'another service of it was rolled back',
  });
});

test('for the service that was rolled back, and for the whole, it is bad', () => {
  expect(standingForService(rolledBack, 'api')).toBe(rolledBack.standing);
  expect(standingForService(rolledBack, undefined)).toBe(rolledBack.standing);
});

test('what a person marked bad is bad for every service of it', () => {
  const standing = { goodness: 'bad', reason: 'bob marked it bad' } as const;
  expect(standingForService({ ...rolledBack, standing, mark: 'bad' }, 'web')).toBe(standing);
  expect(standingForService({ ...rolledBack, mark: 'good' }, 'web').goodness).toBe('unknown');
});

test('a deployment of which nothing was rolled back stands for each service as it does for the whole', () => {
  const standing = { goodness: 'good', reason: 'it was healthy for 90 minutes' } as const;
  const whole: DeploymentStanding = { standing, status: 'success', rolledBackServices: [], mark: undefined };
  expect(standingForService(whole, 'web')).toBe(standing);
  expect(standingForService({ ...whole, status: 'failed' }, 'web')).toBe(standing);
});
