import { expect, test } from 'vitest';
import { changeSection } from './evidence-change.ts';
import type { PlannedField } from '../plan/plan.ts';

const field = (parts: Partial<PlannedField>): PlannedField => ({
  file: 'a/service.yaml',
  address: 'a/service.yaml#/image/tag',
  field: 'image.tag',
  before: 'v2.1.0',
  after: 'v2.0.9',
  secret: false,
  ...parts,
});
const sectionOf = (...fields: readonly PlannedField[]): readonly string[] =>
  changeSection({ services: [{ service: 'api', files: [], fields }], diff: '-a\n+b\n' });

test('fields stand in a table, and the diff below it', () => {
  expect(sectionOf(field({}), field({ field: 'replicas', before: 5, after: undefined }))).toEqual([
    '## What it changes',
    '| File | Field | Before | After |\n|---|---|---|---|\n' +
      '| `a/service.yaml` | `image.tag` | `"v2.1.0"` | `"v2.0.9"` |\n' +
      '| `a/service.yaml` | `replicas` | `5` | absent |',
    '```diff\n-a\n+b\n```',
  ]);
});

test('secret values are not shown, long ones are cut, and of very many fields the first are shown', () => {
  const secret = sectionOf(field({ before: 'hunter2', after: undefined, secret: true })).join('\n');
  expect(secret).toContain('| not shown | absent |');
  expect(secret).not.toContain('hunter2');
  expect(sectionOf(field({ before: 'y'.repeat(900) })).join('\n').length).toBeLessThan(500);
  const many = sectionOf(...Array.from({ length: 503 }, () => field({})));
  expect(many[1]?.split('\n')).toHaveLength(502);
  expect(many[2]).toBe('And 3 more fields; the evidence in JSON has all of them.');
});

test('without fields there are whole files, and without content the reason', () => {
  expect(sectionOf()[1]).toBe('No single fields: whole files come, go or are replaced.');
  expect(changeSection('the commit is gone')).toEqual([
    '## What it changes',
    'It cannot be shown: `the commit is gone`.',
  ]);
});
