import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

const parse = (text: string): unknown => parseJson(Buffer.from(text));

test('whatever JSON.stringify writes is read back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(parse(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

/** What a reader makes of a text: its value, or that it refuses. */
const outcome = (read: () => unknown): string => {
  try {
    return JSON.stringify(read());
  } catch (error) {
    return /twice/.test(String(error)) ? 'twice' : 'refused';
  }
};

test('the value is the one of JSON.parse, and refused when that refuses, whatever the text', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    '"a"',
    '"\\u0061"',
    ' ',
    't',
    'true',
    '1',
    '-',
    'e2',
  ];
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const ours = outcome(() => parse(text));
      seen.add(ours);
      const theirs = outcome(() => JSON.parse(text));
      expect([theirs, 'twice']).toContain(ours);
    }),
    { numRuns: 5_000, seed: 7 },
  );
  expect(seen.size).toBeGreaterThan(5);
});

test('a key that comes twice is refused, however it is written', () => {
  expect(() => parse('{"mode":"field","mode":"full"}')).toThrow('the body has the key mode twice');
  expect(() => parse(String.raw`{"a":{"mode":1,"m\u006fde":2}}`)).toThrow('the key mode twice');
  expect(parse('{"a":{"mode":1},"b":{"mode":1},"mode":["mode","mode"]}')).toBeDefined();
});

test('__proto__ is refused at any depth, however it is written', () => {
  expect(() => parse('{"a":[{"__proto__":{}}]}')).toThrow('__proto__');
  expect(() => parse(String.raw`{"\u005f_proto__":{}}`)).toThrow('__proto__');
  expect(parse('["__proto__"]')).toEqual(['__proto__']);
});

test('deep nesting is refused without using up the stack', () => {
  expect(() => parse('['.repeat(100_000))).toThrow('nested deeper than 64');
  expect(() => parse('{"a":'.repeat(65) + '1' + '}'.repeat(65))).toThrow('nested deeper than 64');
  expect(parse('['.repeat(64) + ']'.repeat(64))).toBeDefined();
});

test('bytes that are no UTF-8 are refused, and nothing of the body is repeated', () => {
  expect(() => parseJson(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow('the body is not UTF-8');
  expect(() => parse('{"password":"hunter2"')).toThrow(/^(?!.*hunter2).*not valid JSON at position 21$/);
});
