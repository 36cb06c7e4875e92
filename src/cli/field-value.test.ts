import { expect, test } from 'vitest';
import type { PlannedField } from '../domain/plan/plan.ts';
import { fieldSides } from './field-value.ts';
import { widthOf } from './table.ts';

const sides = (before: PlannedField['before'], after: PlannedField['after'], width?: number) =>
  fieldSides({ file: 'f', address: 'f#/a', field: 'a', before, after, secret: false }, width);

test('short values are shown whole, and nothing is told apart from the empty text', () => {
  expect(sides('v1', undefined)).toEqual({ before: 'v1', after: '(absent)' });
  expect(sides('', 3)).toEqual({ before: '""', after: '3' });
});

test('long values that begin alike are shown from where they differ', () => {
  const image = 'quay.io/example/pipelines-index-';
  const digest = (letter: string): string => `@sha256:${letter.repeat(64)}`;
  const { before, after } = sides(`${image}4.19${digest('a')}`, `${image}4.18${digest('b')}`, 40);
  expect(before).toMatch(/^….*index-4\.19@sha256:a+…$/);
  expect(after).toMatch(/^….*index-4\.18@sha256:b+…$/);
  expect([before, after].map(widthOf)).toEqual([40, 40]);
});

test('a text of many lines says how many', () => {
  const text = 'kind: Deployment\nmetadata:\n  name: gateway\nspec:\n  replicas: ';
  const { before, after } = sides(`${text}3\n`, `${text}30\n`, 30);
  expect(before).toMatch(/replicas: 3\\n \(5 lines\)$/);
  expect(after).not.toBe(before);
});

test('a difference inside a pair of surrogates does not tear it', () => {
  const { before, after } = sides(`${'x'.repeat(80)}😀`, `${'x'.repeat(80)}😁`, 30);
  expect([before, after].every((text) => text.isWellFormed())).toBe(true);
  expect([before, after]).toEqual([expect.stringMatching(/😀$/u), expect.stringMatching(/😁$/u)]);
});

test('secret values are never shown', () => {
  const secret = {
    file: 'f',
    address: 'f#/a',
    field: 'a',
    before: 'hunter2',
    after: 'hunter3',
    secret: true,
  };
  expect(JSON.stringify(fieldSides(secret))).not.toContain('hunter');
});
