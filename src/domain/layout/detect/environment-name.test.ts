import { expect, test } from 'vitest';
import { byPromotion, environmentKind } from './environment-name.ts';

test('the usual words are environments, whatever their case', () => {
  for (const name of ['dev', 'Staging', 'production', 'pre-prod', 'uat', 'canary', 'PROD'])
    expect(environmentKind(name)).toBe('exact');
});

test('a number or a place with them makes no difference', () => {
  for (const name of ['prod-eu', 'dev2', 'staging_us-east-1', 'eu-west-1-prod', 'production-downstream'])
    expect(environmentKind(name)).toBe('qualified');
});

test('other names are none, not even those that contain such a word', () => {
  const names = [
    'base',
    'overlays',
    'product',
    'developer',
    'integration-service',
    'test-runner',
    'dev-tools',
  ];
  for (const name of [...names, 'payments-prod', '', 'prod {x}', 'prod|dev', `prod-${'x'.repeat(60)}`])
    expect(environmentKind(name)).toBeUndefined();
});

test('they are sorted in the order of promotion', () => {
  const names = [
    'production',
    'prod-us',
    'staging',
    'preprod',
    'prod-eu',
    'qa',
    'sandbox',
    'dev',
    'elsewhere',
  ];
  expect(names.toSorted(byPromotion)).toEqual([
    'sandbox',
    'dev',
    'qa',
    'staging',
    'preprod',
    'prod-eu',
    'prod-us',
    'production',
    'elsewhere',
  ]);
});
