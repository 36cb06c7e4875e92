import { expect, test } from 'vitest';
import { regenerationText } from './regeneration.ts';

test('exact is said in one line', () => {
  expect(regenerationText({ exact: true, differs: [] })).toBe(
    'Exact: the generated files become what they were at the target, byte for byte',
  );
});

test('what differs is named with its reasons, and counted where it is too much', () => {
  const reasons = ['a.yaml has changed since', 'b', 'c', 'd', 'e'];
  const differs = ['api', 'web', 'x', 'y\n'].map((service) => ({ service, reasons }));
  expect(regenerationText({ exact: false, differs: differs.slice(0, 1) })).toBe(
    'Approximate: not as generated at the target: api (a.yaml has changed since, b, c, 2 more)',
  );
  expect(regenerationText({ exact: false, differs })).toMatch(/^Approximate: .*; web .*; x .*; 1 more$/);
});
