import { expect, test } from 'vitest';
import { laterEnvironments } from './later-environments.ts';

const environments = ['dev', 'staging', 'production'];

test('a promotion goes to what comes later, and from an environment that is not listed nowhere', () => {
  expect(laterEnvironments(environments, 'dev')).toEqual(['staging', 'production']);
  expect(laterEnvironments(environments, 'production')).toEqual([]);
  expect(laterEnvironments(environments, 'preview')).toEqual([]);
});
