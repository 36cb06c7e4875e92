import { expect, test } from 'vitest';
import { ownedFields } from './owned-field.ts';
import { isSecretValue } from './secret-value.ts';

const secret = (kind: string, set: unknown): boolean => isSecretValue(kind, ownedFields(set)[0]?.steps ?? []);
const env = (name: string) => ({ 'f:env': { [`k:{"name":"${name}"}`]: { 'f:value': {} } } });

test('all that a Secret holds is secret, and its labels are not', () => {
  expect(secret('Secret', { 'f:data': { 'f:a': {} } })).toBe(true);
  expect(secret('Secret', { 'f:stringData': {} })).toBe(true);
  expect(secret('Secret', { 'f:type': {} })).toBe(true);
  expect(secret('Secret', { 'f:metadata': { 'f:labels': { 'f:a': {} } } })).toBe(false);
});

test('elsewhere the name tells', () => {
  expect(secret('Deployment', env('DB_PASSWORD'))).toBe(true);
  expect(secret('Deployment', env('GITHUB_TOKEN'))).toBe(true);
  expect(secret('ConfigMap', { 'f:data': { 'f:apiKey': {} } })).toBe(true);
  expect(secret('Deployment', env('LOG_LEVEL'))).toBe(false);
  expect(secret('Deployment', { 'f:volumes': { 'f:secretName': {} } })).toBe(false);
});
