import type { FieldChild, FieldNode } from './node.ts';

/** Strict parsers want the lines of a bracketed value deeper than the block it stands in. */
export const flowIndent = 2;

/** A value written on one line, fit to stand between brackets: its own source where that is safe, else as JSON. */
export function flowText(text: string, node: FieldNode): string {
  if (node.kind === 'alias') return `*${node.name} `;
  const tag = node.tag === undefined ? '' : `${tagText(node.tag)} `;
  if (node.kind !== 'scalar') {
    const map = node.kind === 'map';
    const parts = node.children
      .map((child) => (map ? flowEntry(text, child) : flowText(text, child.node)))
      .join(', ');
    return tag + (map ? `{${parts}}` : `[${parts}]`);
  }
  const source = text.slice(node.start, node.end);
  if (node.style === 'empty') return `${tag}null`;
  if (node.style === 'quoted' && !source.includes('\n')) return tag + source;
  if (node.style === 'plain' && /^[^\s,[\]{}#:][^\n,[\]{}#:]*$/.test(source)) return tag + source;
  return tag + (node.style === 'plain' && !/[\n,[\]{}#:]/.test(source) ? source : JSON.stringify(node.text));
}

/** One entry of a mapping, fit to stand between braces. */
export function flowEntry(text: string, child: FieldChild): string {
  const { start, mark, marked } = child.place;
  const key = text.slice(start, marked ? mark - 1 : mark).trim();
  return `${key}: ${flowText(text, child.node)}`;
}

const tagText = (tag: string): string =>
  tag.startsWith('tag:yaml.org,2002:')
    ? `!!${tag.slice('tag:yaml.org,2002:'.length)}`
    : tag.startsWith('!')
      ? tag
      : `!<${tag}>`;
