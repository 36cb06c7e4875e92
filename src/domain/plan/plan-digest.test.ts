import { expect, test } from 'vitest';
import type { Plan, SourceEdit } from './plan.ts';
import { digestText } from './plan-digest.ts';

const edits: SourceEdit[] = [
  { kind: 'file', path: 'b', before: { mode: '100644', oid: '1' }, after: undefined, kept: [] },
  { kind: 'file', path: 'a', before: undefined, after: { mode: '100755', oid: '2' }, kept: ['#/x'] },
  { kind: 'field', address: 'f#/x', before: { b: 1, a: [true, null] }, after: undefined },
];
const plan = (sources: SourceEdit[], base = 'base'): Plan => ({
  kind: 'rollback',
  mode: 'service',
  tenant: 'acme',
  environment: 'production',
  service: 'api',
  base,
  target: 't',
  edits: [],
  sources,
  services: [],
  shared: [],
  kept: [],
  hazards: [],
  refused: [],
  conflicts: [],
  impact: { services: 0, bindings: 0, variables: 0, fields: 0, files: 0 },
});

test('the canonical text is what it is', () => {
  expect(digestText(plan(edits))).toBe(
    `knowngood-plan-1
{"environment":"production","kind":"rollback","mode":"service","service":"api","target":"t","tenant":"acme"}
field "f#/x" {"a":[true,null],"b":1} absent
file "a" absent 100755 2 ["#/x"]
file "b" 100644 1 absent []
`,
  );
});

test('neither the order of edits nor the base matters', () => {
  expect(digestText(plan(edits.toReversed(), 'elsewhere'))).toBe(digestText(plan(edits)));
});

test('every touched value matters', () => {
  const other: SourceEdit = {
    kind: 'field',
    address: 'f#/x',
    before: { b: 1, a: [true, null] },
    after: null,
  };
  expect(digestText(plan([...edits.slice(0, 2), other]))).not.toBe(digestText(plan(edits)));
});
