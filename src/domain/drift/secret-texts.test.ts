import { expect, test } from 'vitest';
import { holdsSecret, quotesSecret, secretTexts } from './secret-texts.ts';

const container = {
  name: 'app',
  image: 'shop/web:v1',
  env: [
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DB_PASSWORD', value: 'hunter"2' },
  ],
};
const workload = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { labels: { 'api-key': 'k1' } },
  spec: { containers: [container], apiKey: 42 },
};

test('the texts of an object that must not be shown are those that its names call secrets', () => {
  expect(secretTexts(workload)).toEqual(['k1', 'hunter"2', '42']);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db' },
    stringData: { a: 'x', b: '' },
  };
  expect(secretTexts(secret)).toEqual(['x']);
});

test('a part of an object holds a secret when its own steps tell of one, or those in it', () => {
  const field = (name: string) => ({ kind: 'field', name }) as const;
  expect(holdsSecret('Deployment', container, [field('spec'), field('containers')])).toBe(true);
  expect(holdsSecret('Deployment', { ...container, env: [] }, [field('spec')])).toBe(false);
  expect(holdsSecret('Secret', undefined, [field('data')])).toBe(true);
  expect(holdsSecret('ConfigMap', 'k1', [field('data'), field('apiKey')])).toBe(true);
  expect(holdsSecret('ConfigMap', 'info', [field('data'), field('level')])).toBe(false);
});

test('words that quote one are found out, also between quotes', () => {
  const texts = ['hunter"2'];
  expect(quotesSecret('Invalid value: "hunter\\"2": too short', texts)).toBe(true);
  expect(quotesSecret('hunter"2 is too short', texts)).toBe(true);
  expect(quotesSecret('spec.replicas: Invalid value: -1', texts)).toBe(false);
});
