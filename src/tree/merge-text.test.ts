import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeText } from './merge-text.ts';

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join('');

test('a change elsewhere in the file stays', () => {
  const base = text('a', 'b', 'c', 'd', 'e');
  const ours = text('a', 'b', 'c', 'd', 'E');
  const theirs = text('A', 'b', 'c', 'd', 'e');
  expect(mergeText(ours, base, theirs)).toBe(text('A', 'b', 'c', 'd', 'E'));
});

test('two changes of one line do not merge', () => {
  expect(mergeText(text('x'), text('a'), text('y'))).toBeUndefined();
});

test('the same change on both sides merges', () => {
  expect(mergeText(text('x'), text('a'), text('x'))).toBe(text('x'));
});

test('line endings and a missing final newline are kept', () => {
  expect(mergeText('a\r\nb\r\nc', 'a\r\nb\r\nc', 'A\r\nb\r\nc')).toBe('A\r\nb\r\nc');
});

test('merging onto an unchanged text gives the other side, byte for byte', () => {
  const lines = fc
    .array(fc.constantFrom('a', 'b', 'c', '\r', ''), { maxLength: 12 })
    .map((all) => all.join('\n'));
  fc.assert(
    fc.property(lines, lines, (base, theirs) => {
      expect(mergeText(base, base, theirs)).toBe(theirs);
      expect(mergeText(theirs, base, base)).toBe(theirs);
    }),
  );
});

test('very long texts are not compared', () => {
  expect(mergeText('x\n'.repeat(6000), '', '')).toBeUndefined();
});
