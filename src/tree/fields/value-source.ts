import { extentEnd } from './extent.ts';
import { flowIndent, flowText } from './flow-text.ts';
import { columnOf, eolOf, indentOf, lineEnd, reindent, startsLine, withEol } from './lines.ts';
import type { FieldChild, FieldNode } from './node.ts';
import type { TextEdit } from './text-edit.ts';

/** A child and the text it stands in; `flow` tells whether it stands between brackets, `root` whether it is a document. */
export interface Site {
  readonly text: string;
  readonly child: FieldChild;
  readonly setting: 'block' | 'flow' | 'document';
}

type Shape = 'empty' | 'inline' | 'block-scalar' | 'block';

function shapeOf({ child }: Site): Shape {
  const { valueStart, valueEnd } = child.place;
  const node: FieldNode = child.node;
  if (valueStart === valueEnd) return 'empty';
  if (node.kind === 'scalar') return node.style === 'block' ? 'block-scalar' : 'inline';
  return node.kind === 'alias' || node.flow ? 'inline' : 'block';
}

const indentationOf = ({ text, child, setting }: Site): number =>
  setting === 'block' ? columnOf(text, child.place.start) : indentOf(text, child.place.start);

/** Writes the value of `to` where the value of `from` stands; its layout, quotes and inner comments come along. */
export function replaceValue(from: Site, to: Site): TextEdit {
  const [was, will] = [shapeOf(from), shapeOf(to)];
  const { place } = from.child;
  const deeper = from.setting !== 'flow' && to.setting === 'flow' ? flowIndent : 0;
  const delta = indentationOf(from) + deeper - indentationOf(to);
  const fit = (source: string): string => withEol(reindent(source, delta), eolOf(from.text));
  const source = fit(sourceOf(from, to));
  const gap = place.marked ? ' ' : ': ';
  // Beside other values on one line there is no room for lines.
  const cramped = source.includes('\n') && !startsLine(from.text, place.start);
  if (from.setting === 'flow' && (will === 'block' || will === 'block-scalar' || cramped)) {
    const written = flowText(to.text, to.child.node);
    return was === 'empty'
      ? { start: place.mark, end: place.mark, text: gap + written }
      : { start: place.valueStart, end: place.valueEnd, text: written };
  }
  if (was === 'block' || will === 'block')
    return { start: place.mark, end: wholeEnd(from), text: fit(wholeText(from, to)) };
  if (will === 'block-scalar' || was === 'block-scalar') return replaceBlockScalar(from, was, will, source);
  if (will === 'empty') return { start: place.mark, end: place.valueEnd, text: '' };
  if (was === 'empty') return { start: place.mark, end: place.mark, text: gap + source };
  return { start: place.valueStart, end: place.valueEnd, text: source };
}

/** A block scalar carries its comment behind the header, other scalars behind the value: the present one stays. */
function replaceBlockScalar(from: Site, was: Shape, will: Shape, source: string): TextEdit {
  const { text, child } = from;
  const { mark, valueStart, valueEnd } = child.place;
  const headEnd = was === 'block-scalar' ? lineEnd(text, child.node.start) : valueEnd;
  const comment =
    was === 'block-scalar'
      ? (/[ \t]+#.*$/.exec(text.slice(child.node.start, headEnd))?.[0] ?? '')
      : (/^[ \t]+#.*$/.exec(text.slice(valueEnd, lineEnd(text, valueEnd)))?.[0] ?? '');
  const start = was === 'empty' || will === 'empty' ? mark : valueStart;
  const end = was === 'block-scalar' ? valueEnd : valueEnd + comment.length;
  const gap = was === 'empty' ? ' ' : '';
  if (will !== 'block-scalar') return { start, end, text: source + comment };
  const header = source.slice(0, lineEnd(source, 0));
  const bare = header.replace(/[ \t]+#.*$/, '').trimEnd();
  return { start, end, text: gap + bare + comment + source.slice(header.length) };
}

/** Everything of a value from its mark on: also the comment on the line of its key and those inside it. */
const wholeEnd = ({ text, child, setting }: Site): number =>
  setting === 'block'
    ? extentEnd(text, child)
    : setting === 'document'
      ? lineEnd(text, child.place.valueEnd)
      : child.place.valueEnd;

function wholeText(from: Site, { text, child, setting }: Site): string {
  const gap = from.setting === 'document' ? '' : ' ';
  if (setting === 'flow') return gap + text.slice(child.place.valueStart, child.place.valueEnd);
  return text.slice(child.place.mark, wholeEnd({ text, child, setting }));
}

/** The value as the target writes it; an alias to an anchor that only the target has is written out. */
function sourceOf(from: Site, { text, child }: Site): string {
  const { node, place } = child;
  if (node.kind === 'alias' && !from.text.includes(`&${node.name}`) && isInline(node.to))
    return text.slice(node.to.start, node.to.end);
  return text.slice(place.valueStart, place.valueEnd);
}

const isInline = (node: FieldNode): boolean =>
  node.kind === 'scalar'
    ? node.style !== 'block' && node.style !== 'empty'
    : node.kind !== 'alias' && node.flow;
