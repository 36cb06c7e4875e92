import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeBlock, codeCell, codeSpan } from './markdown-code.ts';

test.each([
  ['v2.0.9', '`v2.0.9`'],
  ['a `b` c', '``a `b` c``'],
  ['`', '`` ` ``'],
  [' padded ', '`  padded  `'],
  ['', '–'],
  ['   ', '–'],
  ['[x](https://example.com) <b>', '`[x](https://example.com) <b>`'],
  ['one\n## two\r\nthree\u2028four', '`one\\u000a## two\\u000d\\u000athree\\u2028four`'],
  ['bidi \u202e text\udc80', '`bidi \\u202e text\\udc80`'],
])('%j is the code %j', (text, code) => {
  expect(codeSpan(text)).toBe(code);
});

test('long text is cut, never inside a character', () => {
  expect(codeSpan('☕️'.repeat(600)).length).toBeLessThan(1100);
  expect(codeSpan('𝒳'.repeat(600)).isWellFormed()).toBe(true);
});

test('a bar does not end the cell of a table', () => {
  expect(codeCell('a|b\\|c')).toBe('`a\\u007cb\\\\u007cc`');
});

test('a block keeps its lines, and nothing in it ends it', () => {
  expect(codeBlock('a\r\n\tb\n')).toBe('```text\na\n\tb\n```');
  expect(codeBlock('```\n# not a heading\n````', 'diff')).toBe(
    '`````diff\n```\n# not a heading\n````\n`````',
  );
  expect(codeBlock('a\rb\u0000')).toBe('```text\na\\u000db\\u0000\n```');
});

const nasty = fc.string({
  unit: fc.constantFrom('`', '``', '\\', '|', '\n', '\r', ' ', '#', '<', '[a](b)', 'x', '\u202e', '~'),
});

test('whatever the text is, the marks around it match, and nothing inside is one of them', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      for (const code of [codeSpan(text), codeCell(text)]) {
        if (code === '–') continue;
        const [ticks = ''] = /^`+/.exec(code) ?? [];
        const inside = code.slice(ticks.length, -ticks.length);
        expect(code).toBe(`${ticks}${inside}${ticks}`);
        expect(inside.match(/`+/g) ?? []).not.toContain(ticks);
        expect(code).not.toMatch(/[\n\r]/);
      }
      const [open = '', ...rest] = codeBlock(text).split('\n');
      const ticks = open.replace('text', '');
      expect(rest.pop()).toBe(ticks);
      expect(rest.some((line) => line.includes(ticks))).toBe(false);
    }),
  );
});
