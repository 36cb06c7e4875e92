import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { FieldValue } from '../tree/fields/change.ts';
import { printDocuments, printYaml } from './print-yaml.ts';

test('a manifest looks as people write one', () => {
  const text = printYaml({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', labels: {}, annotations: { 'a.b/c': 'yes', on: '1' } },
    spec: { replicas: 3, args: ['--level=info', '-v', ''], ports: [{ containerPort: 80, name: 'http' }] },
    data: { 'app.conf': 'a = 1\n\n  b = 2\n', empty: [], none: null },
  });
  expect(text).toBe(
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  labels: {}
  annotations:
    a.b/c: "yes"
    "on": "1"
spec:
  replicas: 3
  args:
  - --level=info
  - "-v"
  - ""
  ports:
  - containerPort: 80
    name: http
data:
  app.conf: |
    a = 1

      b = 2
  empty: []
  none: null
`
      .replace('- --level', '- "--level')
      .replace('=info\n', '=info"\n'),
  );
});

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', '\n', ' ', '\t', ':', '#', '-', '"', '|', '\u2028', '\r', 'b', '\ufeff'))
    .map((all) => all.join('')),
  fc.constantFrom(
    'yes',
    'No',
    'null',
    '~',
    '',
    '1e3',
    '0x1f',
    '010',
    '1_000',
    '12:30',
    '2024-01-01',
    '.5',
    '<<',
    '=',
    '---',
    '...',
    'true',
    '{{x}}',
    '- a',
    'a: b',
    'a #b',
    ' a',
    'a ',
    '*a',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
  ),
);
const values = fc.letrec<{ value: FieldValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('what is printed is read back, by the rules of YAML 1.1 and of 1.2', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = printYaml(value);
      expect(parse(text, { version: '1.2' })).toEqual(value);
      expect(parse(text, { version: '1.1' })).toEqual(value);
    }),
    { numRuns: 2_000 },
  );
});

test('documents are set apart by marks', () => {
  const text = printDocuments([{ a: 1 }, 'x', []]);
  expect(text).toBe('a: 1\n---\nx\n---\n[]\n');
  expect(parseAllDocuments(text)).toHaveLength(3);
});
