import { expect, test } from 'vitest';
import { type SourceRule, sourceByRules } from './source-rule.ts';

const sourceOf = (rules: readonly SourceRule[], email: string, summary: string) =>
  sourceByRules(rules)({ email, summary });

test('the first rule that fits names the source, and without one it is a push', () => {
  const rules: SourceRule[] = [
    { source: 'promotion', message: 'promote *' },
    { source: 'release', author: '*@ci.example.com' },
  ];
  expect(sourceOf(rules, 'bot@ci.example.com', 'Promote api to production')).toBe('promotion');
  expect(sourceOf(rules, 'bot@ci.example.com', 'api v2')).toBe('release');
  expect(sourceOf(rules, 'jane@example.com', 'promoted')).toBe('push');
});

test('a rule has to fit in all that it names, and one that names nothing never fits', () => {
  const rules: SourceRule[] = [
    { source: 'rollback' },
    { source: 'release', author: 'bot@*', message: '*release*' },
  ];
  expect(sourceOf(rules, 'bot@x', 'a/b: release 2')).toBe('release');
  expect(sourceOf(rules, 'bot@x', 'fix')).toBe('push');
  expect(sourceOf(rules, 'jane@x', 'release 2')).toBe('push');
});

test('a star is any text, and nothing else is special', () => {
  const fits = (message: string, summary: string) =>
    sourceOf([{ source: 'release', message }], 'x', summary) === 'release';
  expect(fits('a*a', 'a')).toBe(false);
  expect(fits('a*a', 'aa')).toBe(true);
  expect(fits('*a*b*', 'xxaxb')).toBe(true);
  expect(fits('*a*b', 'bxa')).toBe(false);
  expect(fits('[x].', '[X].')).toBe(true);
  expect(fits('[x].', 'xy')).toBe(false);
  expect(fits('*', '')).toBe(true);
  expect(fits('*a'.repeat(200), 'a'.repeat(50_000) + 'b')).toBe(false);
});
