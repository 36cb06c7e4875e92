import { columnOf, lineEnd, lineStart, nextLine, startsLine } from './lines.ts';
import type { FieldChild } from './node.ts';

/**
 * Where the last line of an entry or item of a block collection ends, without its line end. Comment lines that are
 * indented deeper than the entry are still inside it.
 */
export function extentEnd(text: string, child: FieldChild): number {
  const column = columnOf(text, child.place.start);
  let end = lineEnd(text, child.place.valueEnd);
  let at = nextLine(text, end);
  while (at < text.length) {
    const stop = lineEnd(text, at);
    const line = text.slice(at, stop);
    const indent = line.search(/[^ ]/);
    if (indent >= 0 && line[indent] !== '#') break;
    if (indent >= 0 && indent <= column) break;
    if (indent >= 0) end = stop;
    at = nextLine(text, stop);
  }
  return end;
}

/**
 * Where the comment lines begin that belong to an entry: those right above it, at its own column, with no blank line
 * between. A comment line that the other text has as well says nothing about this entry and ends the run.
 */
export function commentStart(text: string, child: FieldChild, others: CommentLines): number {
  const { start } = child.place;
  let from = lineStart(text, start);
  if (!startsLine(text, start)) return from;
  const column = start - from;
  while (from > 0) {
    const above = lineStart(text, from - 1);
    const line = text.slice(above, lineEnd(text, above));
    if (line.search(/[^ ]/) !== column || line[column] !== '#' || others.has(line.trim())) break;
    from = above;
  }
  return from;
}

/** The comment lines of a text, without their indentation. */
export type CommentLines = ReadonlySet<string>;

export function commentLines(text: string): CommentLines {
  return new Set(Array.from(text.matchAll(/^[ \t]*(#[^\r\n]*)/gm), ([, line = '']) => line.trim()));
}
