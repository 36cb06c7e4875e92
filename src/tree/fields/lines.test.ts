import { expect, test } from 'vitest';
import {
  columnOf,
  eolOf,
  indentOf,
  lineEnd,
  lineStart,
  nextLine,
  reindent,
  startsLine,
  withEol,
} from './lines.ts';

const text = 'ab\r\n  - cd\nef';

test('positions know their line', () => {
  expect([lineStart(text, 8), lineEnd(text, 0), nextLine(text, 0)]).toEqual([4, 2, 4]);
  expect([lineStart(text, 12), lineEnd(text, 12), nextLine(text, 12)]).toEqual([11, 13, 13]);
  expect([columnOf(text, 8), indentOf(text, 8), startsLine(text, 6), startsLine(text, 8)]).toEqual([
    4,
    2,
    true,
    false,
  ]);
});

test('line ends are found and made alike', () => {
  expect([eolOf(text), eolOf('a\nb'), eolOf('a')]).toEqual(['\r\n', '\n', '\n']);
  expect(withEol(text, '\n')).toBe('ab\n  - cd\nef');
});

test.each([
  [2, 'a\n  b\n\n c', 'a\n    b\n\n   c'],
  [-2, 'a\n    b\n c\n  ', 'a\n  b\nc\n'],
  [0, 'a\n b', 'a\n b'],
  [2, 'a\r\n\r\n b', 'a\r\n\r\n   b'],
])('lines move by %i', (delta, from, to) => {
  expect(reindent(from, delta)).toBe(to);
});
