import { branchEdits, type Texts } from './branch-edits.ts';
import type { Branch } from './edit-plan.ts';
import type { FieldDocument, FieldText } from './field-text.ts';
import { eolOf, withEol } from './lines.ts';
import { insertionsOf, keptChildren, type Insertion } from './merged-order.ts';
import type { FieldChild } from './node.ts';
import type { TextEdit } from './text-edit.ts';
import { replaceValue } from './value-source.ts';

const settings = { current: 'document', target: 'document' } as const;

/** The edits of a whole plan: whole documents here, fields inside them one level down. Undefined: cannot be written. */
export function streamEdits(
  texts: Texts,
  root: Branch,
  current: FieldText,
  target: FieldText,
): readonly TextEdit[] | undefined {
  const edits: (readonly TextEdit[] | undefined)[] = [];
  for (const [child, next] of root.replaced)
    edits.push([
      replaceValue(
        { text: texts.current, child, setting: 'document' },
        { text: texts.target, child: next, setting: 'document' },
      ),
    ]);
  for (const below of root.below.values()) edits.push(branchEdits(texts, below, settings));
  if (root.removed.size + root.inserted.size > 0)
    edits.push(keptChildren(root).length === 0 ? undefined : membershipEdits(root, current, target));
  return edits.every((some) => some !== undefined) ? edits.flat() : undefined;
}

function membershipEdits(
  root: Branch,
  current: FieldText,
  target: FieldText,
): readonly TextEdit[] | undefined {
  // Directives and `...` tie documents to what stands around them.
  if ([current, target].some(({ text }) => /^(?:%|\.\.\.)/m.test(text))) return undefined;
  const removals = Array.from(root.removed, (child): TextEdit => ({ ...spanOf(current, child), text: '' }));
  return [...removals, ...insertionsOf(root).flatMap((one) => insert(one, current, target))];
}

/** A document from its `---` up to the next one's. */
function spanOf(read: FieldText, child: FieldChild): { readonly start: number; readonly end: number } {
  const index = indexOf(read, child);
  const start = read.documents[index]?.start ?? 0;
  return {
    start: index === 0 && start > 0 && !read.documents[0]?.headed ? 0 : start,
    end: read.documents[index + 1]?.start ?? read.text.length,
  };
}

const indexOf = (read: FieldText, child: FieldChild): number =>
  read.documents.findIndex(({ root }) => root === child);

function insert(
  { children, side, beside }: Insertion,
  current: FieldText,
  target: FieldText,
): readonly TextEdit[] {
  if (!beside) return [];
  const eol = eolOf(current.text);
  const lines = children.map((child) => documentLines(target, child, eol)).join('');
  const { start, end } = spanOf(current, beside);
  if (side === 'before') {
    const headed = current.documents[indexOf(current, beside)]?.headed;
    return [{ start, end: start, text: headed ? lines : `${lines}---${eol}` }];
  }
  const open = end === current.text.length && !current.text.endsWith('\n');
  return [{ start: end, end, text: open ? eol + lines : lines }];
}

function documentLines(target: FieldText, child: FieldChild, eol: string): string {
  const { start, end } = spanOf(target, child);
  const document: FieldDocument | undefined = target.documents[indexOf(target, child)];
  const text = target.text.slice(start, end).replace(/^\ufeff/, '');
  const closed = text.endsWith('\n') ? text : text + eol;
  return withEol(document?.headed ? closed : `---${eol}${closed}`, eol);
}
