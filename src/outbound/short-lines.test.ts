import { expect, test } from 'vitest';
import { shortLines } from './short-lines.ts';

/** Lines with a `>` behind those that were cut. */
function linesOf(text: string, size: number): readonly string[] {
  const lines: string[] = [];
  const reader = shortLines(4, (line, isCut) => lines.push(isCut ? `${line}>` : line));
  for (let at = 0; at < text.length; at += size) reader.take(text.slice(at, at + size));
  reader.end();
  return lines;
}

test('lines are the same however the pieces fall, and of long ones only the beginning comes', () => {
  for (const size of [1, 2, 3, 5, 100]) {
    expect(linesOf('a\n\nfour\nfiver\n and more\nb', size)).toEqual(['a', '', 'four', 'five>', ' and>', 'b']);
    expect(linesOf('endless line', size)).toEqual(['endl>']);
    expect(linesOf('a\n', size)).toEqual(['a', '']);
  }
});

test('a line that ends nowhere costs what its pieces cost', () => {
  const lines: string[] = [];
  const reader = shortLines(4, (line) => lines.push(line));
  const piece = 'x'.repeat(1024);
  for (let count = 0; count < 64 * 1024; count += 1) reader.take(piece);
  reader.take('\nend');
  reader.end();
  expect(lines).toEqual(['xxxx', 'end']);
});
