import { commentStart, extentEnd, type CommentLines } from './extent.ts';
import { flowEntry, flowIndent, flowText } from './flow-text.ts';
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
import type { CollectionNode, FieldChild } from './node.ts';
import type { TextEdit } from './text-edit.ts';

/** A collection, its text, and the comment lines of the other text. */
export interface Side {
  readonly text: string;
  readonly collection: CollectionNode;
  readonly otherComments: CommentLines;
}

/** Takes entries or items out of a block collection, with their lines and comments. Something must stay. */
export function removeFromBlock(
  { text, collection, otherComments }: Side,
  removed: ReadonlySet<FieldChild>,
): readonly TextEdit[] {
  const { children } = collection;
  const edits: TextEdit[] = [];
  let index = 0;
  const first = children[0];
  if (first && removed.has(first) && !startsLine(text, first.place.start)) {
    while (index < children.length && removed.has(children[index] ?? first)) index++;
    const [last, next] = [children[index - 1] ?? first, children[index]];
    edits.push(removeHead(text, first, last, next));
  }
  for (const child of children.slice(index)) {
    if (!removed.has(child)) continue;
    const end = nextLine(text, extentEnd(text, child));
    edits.push({ start: commentStart(text, child, otherComments), end, text: '' });
  }
  return edits;
}

/** The first entries share their line with a dash (`- name: x`): the next entry moves up, comments between stay. */
function removeHead(
  text: string,
  first: FieldChild,
  last: FieldChild,
  next: FieldChild | undefined,
): TextEdit {
  const { start } = first.place;
  const own = extentEnd(text, last);
  const nextStart = next?.place.start ?? own;
  const between = text.slice(own, nextStart);
  if (between.trim() === '') return { start, end: nextStart, text: '' };
  return { start: text.slice(0, start).trimEnd().length, end: own, text: '' };
}

/** The lines of new entries or items, in the indentation and line ends of the present text, each with its line end. */
export function blockLines(current: Side, target: Side, children: readonly FieldChild[]): string {
  const column = columnOf(current.text, current.collection.children[0]?.place.start ?? 0);
  return children.map((child) => blockLine(current, target, child, column)).join('');
}

function blockLine(current: Side, target: Side, child: FieldChild, column: number): string {
  const eol = eolOf(current.text);
  const { text } = target;
  const { start, valueEnd, valueStart } = child.place;
  const pad = ' '.repeat(column);
  if (target.collection.flow) {
    const written =
      target.collection.kind === 'list' ? `- ${text.slice(valueStart, valueEnd)}` : entryOf(text, child);
    return pad + withEol(reindent(written, column + flowIndent - indentOf(text, start)), eol) + eol;
  }
  const from = commentStart(text, child, target.otherComments);
  const own = columnOf(text, start);
  const lines = startsLine(text, start)
    ? text.slice(from, extentEnd(text, child)).slice(own)
    : text.slice(start, extentEnd(text, child));
  return pad + withEol(reindent(lines, column - own), eol) + eol;
}

function entryOf(text: string, child: FieldChild): string {
  const { start, mark, marked, valueStart, valueEnd } = child.place;
  return `${text.slice(start, marked ? mark - 1 : mark).trim()}: ${text.slice(valueStart, valueEnd)}`.trimEnd();
}

/** Where new lines go. `headGone`: the first child, which shares its line with a dash, is taken out as well. */
export interface Spot {
  readonly beside: FieldChild;
  readonly where: 'after' | 'before';
  readonly headGone: boolean;
}

/** Puts lines behind a child, or before it together with its comments. */
export function insertLines(side: Side, lines: string, { beside, where, headGone }: Spot): TextEdit {
  const { text } = side;
  if (where === 'after') {
    const end = extentEnd(text, beside);
    const at = nextLine(text, end);
    const open = at === text.length && !text.endsWith('\n');
    return open ? { start: at, end: at, text: eolOf(text) + lines } : { start: at, end: at, text: lines };
  }
  const { start } = beside.place;
  if (startsLine(text, start) && !headGone) {
    const at = ownCommentStart(text, beside, side.otherComments);
    return { start: at, end: at, text: lines };
  }
  const column = columnOf(text, start);
  return { start, end: start, text: lines.slice(column) + ' '.repeat(column) };
}

/** Comments above a child that stays: they are its own when the other text has the same lines. */
function ownCommentStart(text: string, child: FieldChild, others: CommentLines): number {
  let at = lineStart(text, child.place.start);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, lineEnd(text, above)).trim();
    if (!line.startsWith('#') || !others.has(line)) break;
    at = above;
  }
  return at;
}

/** An item or entry of a block collection written for a place between brackets. */
export const forFlow = (text: string, kind: 'map' | 'list', child: FieldChild): string =>
  kind === 'map' ? flowEntry(text, child) : flowText(text, child.node);
