import { forFlow, type Side } from './block-edits.ts';
import { eolOf, indentOf, reindent, startsLine, withEol } from './lines.ts';
import type { FieldChild } from './node.ts';
import type { TextEdit } from './text-edit.ts';

/** Takes entries or items out from between brackets, with one comma each. Something must stay. */
export function removeFromFlow({ collection }: Side, removed: ReadonlySet<FieldChild>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let kept: FieldChild | undefined;
  let run: FieldChild[] = [];
  const close = (next: FieldChild | undefined): void => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last && next) edits.push({ start: first.place.start, end: next.place.start, text: '' });
    else if (last && kept) edits.push({ start: kept.place.valueEnd, end: last.place.valueEnd, text: '' });
    run = [];
  };
  for (const child of collection.children) {
    if (removed.has(child)) run.push(child);
    else {
      close(child);
      kept = child;
    }
  }
  close(undefined);
  return edits;
}

/** Writes new entries or items between brackets beside a child, in the layout found there. */
export function insertIntoFlow(
  current: Side,
  target: Side,
  insertion: {
    readonly children: readonly FieldChild[];
    readonly side: 'after' | 'before';
    readonly beside: FieldChild;
  },
  removed: ReadonlySet<FieldChild>,
): TextEdit {
  const { beside, side } = insertion;
  const written = insertion.children.map((child) => flowChild(current, target, child));
  const { children } = current.collection;
  const index = children.indexOf(beside);
  const next = side === 'before' ? beside : children.find((child, at) => at > index && !removed.has(child));
  const gap = gapBefore(current, next ?? beside, target);
  if (next)
    return {
      start: next.place.start,
      end: next.place.start,
      text: written.map((one) => `${one},${gap}`).join(''),
    };
  const at = beside.place.valueEnd;
  return { start: at, end: at, text: written.map((one) => `,${gap}${one}`).join('') };
}

/** The white space that sets children apart: behind a comma here, else on a new line here, else as the target does. */
function gapBefore(current: Side, child: FieldChild, target: Side): string {
  const gap = spaceBefore(current.text, child);
  if (child !== current.collection.children[0] || gap.includes('\n')) return gap;
  const second = target.collection.flow ? target.collection.children[1] : undefined;
  const model = second ? spaceBefore(target.text, second) : ' ';
  return model.includes('\n') ? ' ' : model;
}

const spaceBefore = (text: string, { place }: FieldChild): string =>
  /\s*$/.exec(text.slice(Math.max(0, place.start - 200), place.start))?.[0] ?? '';

function flowChild(current: Side, target: Side, child: FieldChild): string {
  const { text, collection } = target;
  const { start, valueEnd } = child.place;
  const source = text.slice(start, valueEnd);
  const first = current.collection.children[0]?.place.start ?? 0;
  const cramped = source.includes('\n') && !startsLine(current.text, first);
  if (!collection.flow || cramped) return forFlow(text, collection.kind, child);
  return withEol(
    reindent(source, indentOf(current.text, first) - indentOf(text, start)),
    eolOf(current.text),
  );
}
