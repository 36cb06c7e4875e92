import { blockLines, insertLines, removeFromBlock, type Side } from './block-edits.ts';
import type { Branch } from './edit-plan.ts';
import type { CommentLines } from './extent.ts';
import { insertIntoFlow, removeFromFlow } from './flow-edits.ts';
import { startsLine } from './lines.ts';
import { insertionsOf, keptChildren, type Insertion } from './merged-order.ts';
import { collection, type CollectionNode, type FieldChild } from './node.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { replaceValue, type Site } from './value-source.ts';

/** A target text with fields taken out, and the steps of the field looked for. */
export interface Altered {
  readonly text: string;
  readonly steps: readonly string[];
}

/** Both texts of a splice with what the edits need to know about them. */
export interface Texts {
  readonly current: string;
  readonly target: string;
  readonly currentComments: CommentLines;
  readonly targetComments: CommentLines;
  /** Reads an altered target text and finds the same field in it. */
  readonly locate: (altered: Altered) => FieldChild | undefined;
}

/** What a field stands in, in each text. */
export interface Settings {
  readonly current: Site['setting'];
  readonly target: Site['setting'];
}

/** The edits that a branch and all below it stand for; undefined when there is no way to write them. */
export function branchEdits(
  texts: Texts,
  branch: Branch,
  settings: Settings,
): readonly TextEdit[] | undefined {
  const real = collection(branch.current.node);
  if (!real) return undefined;
  const goal = branch.target && collection(branch.target.node);
  const inner: Settings = { current: real.flow ? 'flow' : 'block', target: goal?.flow ? 'flow' : 'block' };
  const edits: (readonly TextEdit[] | undefined)[] = [];
  for (const [child, next] of branch.replaced) {
    const from: Site = { text: texts.current, child, setting: inner.current };
    edits.push([replaceValue(from, { text: texts.target, child: next, setting: inner.target })]);
  }
  for (const below of branch.below.values()) edits.push(branchEdits(texts, below, inner));
  if (branch.removed.size + branch.inserted.size > 0) {
    if (keptChildren(branch).length > 0) edits.push(membershipEdits(texts, branch, real));
    else edits.push(listed(rebuild(texts, branch, settings)));
  }
  return edits.every((some) => some !== undefined) ? edits.flat() : undefined;
}

const listed = (edit: TextEdit | undefined): readonly TextEdit[] | undefined => edit && [edit];

/** Takes children out and puts new ones in, where some stay. */
function membershipEdits(texts: Texts, branch: Branch, real: CollectionNode): readonly TextEdit[] {
  const current: Side = { text: texts.current, collection: real, otherComments: texts.targetComments };
  const { removed } = branch;
  const removals = real.flow ? removeFromFlow(current, removed) : removeFromBlock(current, removed);
  const goal = branch.target && collection(branch.target.node);
  if (!goal) return removals;
  const target: Side = { text: texts.target, collection: goal, otherComments: texts.currentComments };
  const insertions = insertionsOf(branch).flatMap((one) => insert(current, target, one, removed));
  return [...removals, ...insertions];
}

function insert(
  current: Side,
  target: Side,
  insertion: Insertion,
  removed: ReadonlySet<FieldChild>,
): readonly TextEdit[] {
  const { children, side, beside } = insertion;
  if (!beside) return [];
  if (current.collection.flow) return [insertIntoFlow(current, target, { children, side, beside }, removed)];
  const lines = blockLines(current, target, children);
  const first = current.collection.children[0];
  const headGone = first !== undefined && removed.has(first) && !startsLine(current.text, first.place.start);
  return [insertLines(current, lines, { beside, where: side, headGone })];
}

/** No child stays: the whole value is written anew, from the target's text without what was not chosen there. */
function rebuild(texts: Texts, branch: Branch, settings: Settings): TextEdit | undefined {
  const from: Site = { text: texts.current, child: branch.current, setting: settings.current };
  const goal = branch.target && collection(branch.target.node);
  if (!branch.target || !goal || branch.inserted.size === 0) {
    const bare = goal ?? collection(branch.current.node);
    return replaceValue(from, emptySite(bare?.kind ?? 'map'));
  }
  const dropped = new Set(goal.children.filter((child) => !branch.inserted.has(child)));
  if (dropped.size === 0)
    return replaceValue(from, { text: texts.target, child: branch.target, setting: settings.target });
  const side: Side = { text: texts.target, collection: goal, otherComments: texts.currentComments };
  const text = applyEdits(
    texts.target,
    goal.flow ? removeFromFlow(side, dropped) : removeFromBlock(side, dropped),
  );
  const child = text === undefined ? undefined : texts.locate({ text, steps: branch.steps });
  return text !== undefined && child
    ? replaceValue(from, { text, child, setting: settings.target })
    : undefined;
}

function emptySite(kind: 'map' | 'list'): Site {
  const text = kind === 'map' ? '{}' : '[]';
  const place = { start: 0, mark: 0, valueStart: 0, valueEnd: 2, marked: true };
  const node = {
    kind,
    flow: true,
    children: [],
    atomic: false,
    id: -1,
    weight: 1,
    start: 0,
    end: 2,
    anchor: undefined,
    tag: undefined,
  };
  return { text, child: { key: '', keyId: 0, node, place }, setting: 'flow' };
}
