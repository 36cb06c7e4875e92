import { expect, test } from 'vitest';
import { goJson, goTime } from './go-json.ts';

test('members keep their order, and there is no space between them', () => {
  expect(goJson({ b: 'x', a: '', c: 0, d: false, e: true, f: 2, g: {} })).toBe(
    '{"b":"x","a":"","c":0,"d":false,"e":true,"f":2,"g":{}}',
  );
});

test('what could end a script or a line is escaped as Go does it', () => {
  expect(goJson('<a href="x">&\u2028\u2029')).toBe('"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029"');
  expect(goJson('\u0001\b\f\n\r\t\u007f\\/é')).toBe('"\\u0001\\b\\f\\n\\r\\t\u007f\\\\/é"');
  expect(goJson('\ud800')).toBe('"\ufffd"');
});

test('numbers are whole', () => {
  expect(() => goJson({ a: 1.5 })).toThrow('whole numbers only');
});

test('a moment has no more of its fraction than it needs', () => {
  expect(goTime(Date.UTC(2026, 10, 20, 14, 2, 0, 0))).toBe('2026-11-20T14:02:00Z');
  expect(goTime(Date.UTC(2026, 10, 20, 14, 0, 0, 500))).toBe('2026-11-20T14:00:00.5Z');
  expect(goTime(Date.UTC(2026, 10, 20, 14, 0, 10, 50))).toBe('2026-11-20T14:00:10.05Z');
  expect(goTime(Date.UTC(2026, 10, 20, 14, 0, 10, 123))).toBe('2026-11-20T14:00:10.123Z');
});
