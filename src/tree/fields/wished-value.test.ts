import fc from 'fast-check';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import type { FieldValue } from './change.ts';
import { wishedValue, writeKey, writeValue } from './wished-value.ts';

const plain = { json: false, quote: undefined } as const;

test.each<[FieldValue, string]>([
  ['v2.1.0', 'v2.1.0'],
  ['1.10', '"1.10"'],
  ['yes', '"yes"'],
  ['12:30', '"12:30"'],
  ['https://g.io/o?ref=v1', '"https://g.io/o?ref=v1"'],
  ['http://checkout:8080', 'http://checkout:8080'],
  ['a: b', '"a: b"'],
  ['', '""'],
  [null, 'null'],
  [{ cpu: '1', 'a b': [true] }, '{cpu: "1", "a b": [true]}'],
])('%j is written as %s', (value, text) => {
  expect(writeValue(value, plain)).toBe(text);
});

test('whatever is written is read back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('"', "'", undefined), (value, quote) => {
      // -0 is 0 to JSON.
      const wanted = JSON.parse(JSON.stringify(value)) as FieldValue;
      const key = writeKey('a.b', plain);
      expect(parse(`${key}: ${writeValue(wanted, { json: false, quote })}\n`)).toEqual({ 'a.b': wanted });
    }),
  );
});

test('what is typed is text where text stands, and else what YAML takes it for', () => {
  expect(wishedValue({ kind: 'typed', text: '3' }, undefined)).toBe(3);
  expect(wishedValue({ kind: 'absent' }, undefined)).toBeUndefined();
  expect(wishedValue({ kind: 'value', value: '3' }, undefined)).toBe('3');
});
