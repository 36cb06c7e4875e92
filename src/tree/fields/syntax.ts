import type { CST } from 'yaml';
import type { Place } from './node.ts';

/** One entry or item of a collection as the concrete syntax tree has it. */
export type Item = CST.CollectionItem;

type Collection = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;

const isProperty = (token: CST.SourceToken): boolean => token.type === 'anchor' || token.type === 'tag';

/** The items of a collection that carry a value; the parser also makes items of loose comments and line ends. */
export function ownItems(token: Collection): readonly Item[] {
  if (token.type === 'block-seq') {
    return token.items.filter(
      (item) =>
        item.value !== undefined ||
        item.start.some((part) => part.type === 'seq-item-ind' || isProperty(part)),
    );
  }
  const items: readonly Item[] = token.items;
  return items.filter(
    (item) =>
      item.sep !== undefined ||
      item.value !== undefined ||
      item.start.some((part) => part.type === 'explicit-key-ind' || isProperty(part)),
  );
}

/** Where the entry of a mapping stands, given where its value ends (when one is written). */
export function placeOfEntry(item: Item, valueEnd: number): Place {
  const colon = item.sep?.find((part) => part.type === 'map-value-ind');
  const first = item.start.find((part) => part.type === 'explicit-key-ind' || isProperty(part));
  const keyStart = item.key?.offset ?? colon?.offset ?? 0;
  const mark = colon ? colon.offset + 1 : endOfKey(item, keyStart);
  const behind = item.sep?.filter((part) => part.offset >= mark) ?? [];
  return {
    start: Math.min(first?.offset ?? keyStart, keyStart),
    ...valuePlace(mark, behind, item, valueEnd),
    marked: colon !== undefined,
  };
}

/** Where the item of a list stands. */
export function placeOfItem(item: Item, valueEnd: number): Place {
  const dash = item.start.find((part) => part.type === 'seq-item-ind');
  const first = item.start.find(isProperty)?.offset ?? item.value?.offset ?? 0;
  const start = dash?.offset ?? first;
  const mark = dash ? dash.offset + 1 : first;
  const behind = item.start.filter((part) => part.offset >= mark);
  return { start, ...valuePlace(mark, behind, item, valueEnd), marked: true };
}

/** The value between its mark and its end, tag and anchor included. */
export function valuePlace(
  mark: number,
  behind: readonly CST.SourceToken[],
  item: { readonly value?: CST.Token | undefined },
  valueEnd: number,
): { readonly mark: number; readonly valueStart: number; readonly valueEnd: number } {
  const properties = behind.filter(isProperty);
  const last = properties.at(-1);
  const written = item.value?.type === 'scalar' && item.value.source === '' ? undefined : item.value;
  const valueStart = properties[0]?.offset ?? written?.offset ?? mark;
  const propertiesEnd = last ? last.offset + last.source.length : mark;
  return { mark, valueStart, valueEnd: written ? valueEnd : propertiesEnd };
}

function endOfKey(item: Item, start: number): number {
  const source = item.key && 'source' in item.key ? item.key.source.length : 0;
  return start + source;
}

/**
 * Where a block scalar ends, without its last line end: behind its last line with content, or behind its last blank
 * line when `+` makes blank lines part of the value.
 */
export function endOfBlockScalar(token: CST.BlockScalar): number {
  const header = token.props.find((part) => part.type === 'block-scalar-header');
  const beforeBody = token.props.filter((part) => part.type !== 'newline').at(-1) ?? header;
  const lastProp = token.props.at(-1);
  if (!lastProp || !beforeBody || !('source' in lastProp) || !('source' in beforeBody)) return token.offset;
  const bodyStart = lastProp.offset + lastProp.source.length;
  const keep = header && 'source' in header && header.source.includes('+');
  const body = keep ? token.source : withoutBlankTail(token.source);
  if (body === '') return beforeBody.offset + beforeBody.source.trimEnd().length;
  return bodyStart + body.replace(/\r?\n$/, '').length;
}

/** Cuts blank lines off the end, but not lines of spaces deeper than the text: those are content. */
function withoutBlankTail(body: string): string {
  const indent = /^(?: *\r?\n)*( *)[^ \r\n]/.exec(body)?.[1]?.length ?? body.length;
  let end = body.length;
  while (end > 0) {
    const lineEnd = body[end - 1] === '\n' ? end - 1 : end;
    const start = lineEnd === 0 ? 0 : body.lastIndexOf('\n', lineEnd - 1) + 1;
    const line = body.slice(start, lineEnd).replace('\r', '');
    if (line.trim() !== '' || line.length > indent) break;
    end = start;
  }
  return body.slice(0, end);
}
