import type { Altered, Texts } from './branch-edits.ts';
import type { FieldRefusal, SpliceResult } from './change.ts';
import { streamEdits } from './document-edits.ts';
import { childAt, planEdits, type Branch } from './edit-plan.ts';
import { expectedId } from './expected.ts';
import { commentLines } from './extent.ts';
import { eolOf } from './lines.ts';
import { readText, type FieldText } from './field-text.ts';
import type { FieldChild } from './node.ts';
import { createInterner, type Interner } from './node-builder.ts';
import { applyEdits } from './text-edit.ts';
import { problemWith } from './verify.ts';

/**
 * The present text with exactly the chosen fields as the target text has them, every other byte kept. The result is
 * read again and compared with what it must say; what cannot be proven is refused. All or nothing. Never throws.
 */
export function spliceFields(current: string, target: string, addresses: readonly string[]): SpliceResult {
  const chosen = [...new Set(addresses)].sort();
  if (chosen.length === 0) return { kind: 'text', text: current };
  const intern = createInterner();
  const from = readText(current, intern);
  if (from.kind === 'opaque') return refuseAll(chosen, from.reason);
  const to = readText(target, intern);
  if (to.kind === 'opaque') return refuseAll(chosen, `in the text gone back to, ${to.reason}`);
  const splicing = { current: from.read, target: to.read, intern };
  const { root, refusals } = planEdits(from.read, to.read, chosen);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const outcome = write(splicing, root);
  if (outcome.kind === 'text') return outcome;
  return { kind: 'refused', refusals: blame(splicing, chosen, outcome.reason) };
}

interface Splicing {
  readonly current: FieldText;
  readonly target: FieldText;
  readonly intern: Interner;
}

type Written =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly reason: string };

const refuseAll = (addresses: readonly string[], reason: string): SpliceResult => ({
  kind: 'refused',
  refusals: addresses.map((address) => ({ address, reason })),
});

function write(splicing: Splicing, root: Branch): Written {
  const { current, target, intern } = splicing;
  const texts: Texts = {
    current: current.text,
    target: target.text,
    currentComments: commentLines(current.text),
    targetComments: commentLines(target.text),
    locate: (altered) => locate(splicing, root, altered),
  };
  const edits = streamEdits(texts, root, current, target);
  const text = edits && applyEdits(current.text, edits);
  if (text === undefined)
    return { kind: 'problem', reason: 'there is no safe way to write this change into the file' };
  const expected = expectedId(root, intern);
  let reason: string | undefined;
  for (const candidate of withEnds(text, current.text, target.text)) {
    const problem = problemWith(candidate, expected, splicing);
    if (problem === undefined) return { kind: 'text', text: candidate };
    reason ??= problem;
  }
  return { kind: 'problem', reason: reason ?? '' };
}

/** A file without a last line end keeps it that way, unless a block scalar at its end needs one. */
function withEnds(text: string, current: string, target: string): readonly string[] {
  if (current.endsWith('\n') && target.endsWith('\n')) return [text];
  const cut = text.replace(/\r?\n$/, '');
  if (!current.endsWith('\n')) return [...new Set([cut, text, text + eolOf(current)])];
  return cut === text ? [text] : [text, cut];
}

/** Finds in an altered target text what stood at these steps before; its documents are still the same. */
function locate(
  { target, intern }: Splicing,
  root: Branch,
  { text, steps }: Altered,
): FieldChild | undefined {
  const read = readText(text, intern);
  if (read.kind === 'opaque') return undefined;
  const [mark = '', ...inner] = steps;
  const was = root.pairs?.get(mark)?.after;
  const document = read.read.documents[target.documents.findIndex((one) => one.root === was)]?.root;
  return inner.reduce<FieldChild | undefined>((child, step) => child && childAt(child, step), document);
}

/** Tells which of the chosen fields is at fault by trying each alone; all of them when it is their company. */
function blame(splicing: Splicing, addresses: readonly string[], reason: string): readonly FieldRefusal[] {
  if (addresses.length === 1 || addresses.length > 32)
    return addresses.map((address) => ({ address, reason }));
  const refusals = addresses.flatMap((address) => {
    const { root } = planEdits(splicing.current, splicing.target, [address]);
    const outcome = write(splicing, root);
    return outcome.kind === 'problem' ? [{ address, reason: outcome.reason }] : [];
  });
  if (refusals.length > 0) return refusals;
  return addresses.map((address) => ({ address, reason: `chosen together, ${reason}` }));
}
