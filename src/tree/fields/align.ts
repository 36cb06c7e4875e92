import { keyStep } from './address.ts';
import type { FieldDocument, FieldText } from './field-text.ts';
import { identitiesFor, type ListIdentity } from './identity.ts';
import { collection, type CollectionNode, type FieldChild } from './node.ts';

/** Two versions of one thing; at least one side is there. `step` is its step (or document mark) in an address. */
export interface Pairing<T> {
  readonly step: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Pairs, in the order of `after` with what only `before` has at the end; or undefined: comparable only as a whole. */
export type Alignment<T> = readonly Pairing<T>[] | undefined;

/** Pairs the documents of two texts by Kind/name, else by position when there are equally many. */
export function alignDocuments(before: FieldText, after: FieldText): Alignment<FieldDocument> {
  const [a, b] = [before.documents, after.documents];
  if (a.length === 1 && b.length === 1) return [{ step: '', before: a[0], after: b[0] }];
  const named = pairUnique(a, b, documentNamer(a, b));
  if (named) return sameOrder(named, a) ? named : undefined;
  return a.length === b.length ? byPosition(a, b, (index) => `@${index}`) : undefined;
}

/** Gives each document its shortest name that no other document of either text has. */
function documentNamer(
  a: readonly FieldDocument[],
  b: readonly FieldDocument[],
): (document: FieldDocument) => string | undefined {
  const counts = [a, b].map((documents) => {
    const count = new Map<string, number>();
    for (const { names } of documents)
      for (const name of new Set(names)) count.set(name, (count.get(name) ?? 0) + 1);
    return count;
  });
  return ({ names }) => {
    const name = names.find((one) => counts.every((count) => (count.get(one) ?? 0) <= 1));
    return name === undefined ? undefined : `@${name}`;
  };
}

/** The children of two versions of a field, paired; undefined when the field only changes as a whole. */
export function alignChildren(before: FieldChild, after: FieldChild): Alignment<FieldChild> {
  // An alias on one side only, or to another anchor, is a value of its own: its fields belong to somebody else.
  if (aliasOf(before) !== aliasOf(after)) return undefined;
  const [a, b] = [collection(before.node), collection(after.node)];
  if (!a || !b || a.kind !== b.kind || a.tag !== b.tag) return undefined;
  return a.kind === 'map' ? alignMaps(a, b) : alignLists(a, b);
}

const aliasOf = ({ node }: FieldChild): string | undefined => (node.kind === 'alias' ? node.name : undefined);

/** Pairs the items of two lists by identity, else by position when they are equally long. */
function alignLists(before: CollectionNode, after: CollectionNode): Alignment<FieldChild> {
  const [a, b] = [before.children, after.children];
  for (const identity of identitiesFor([before, after])) {
    const pairs = pairUnique(a, b, identity.step);
    if (!pairs || ignores(identity, pairs, a.length === b.length)) continue;
    return sameOrder(pairs, a) ? pairs : undefined;
  }
  return a.length === b.length ? byPosition(a, b, String) : undefined;
}

/** Pairs the entries of two mappings by key; undefined when one text writes a key as text and the other as a number. */
function alignMaps(before: CollectionNode, after: CollectionNode): Alignment<FieldChild> {
  const pairs = pairUnique(before.children, after.children, ({ key }) => keyStep(key));
  const clash = pairs?.some(({ before, after }) => before && after && before.keyId !== after.keyId);
  return clash ? undefined : pairs;
}

const ignores = (
  { weak }: ListIdentity,
  pairs: readonly Pairing<FieldChild>[],
  sameLength: boolean,
): boolean => weak && sameLength && pairs.some(({ before, after }) => !before || !after);

function byPosition<T>(
  a: readonly T[],
  b: readonly T[],
  step: (index: number) => string,
): readonly Pairing<T>[] {
  return b.map((after, index) => ({ step: step(index), before: a[index], after }));
}

function pairUnique<T>(
  a: readonly T[],
  b: readonly T[],
  stepOf: (item: T) => string | undefined,
): Alignment<T> {
  const before = uniqueSteps(a, stepOf);
  const after = before && uniqueSteps(b, stepOf);
  if (!before || !after) return undefined;
  const pairs: Pairing<T>[] = [];
  for (const [step, item] of after) pairs.push({ step, before: before.get(step), after: item });
  for (const [step, item] of before)
    if (!after.has(step)) pairs.push({ step, before: item, after: undefined });
  return pairs;
}

function uniqueSteps<T>(
  items: readonly T[],
  stepOf: (item: T) => string | undefined,
): Map<string, T> | undefined {
  const steps = new Map<string, T>();
  for (const item of items) {
    const step = stepOf(item);
    if (step === undefined || steps.has(step)) return undefined;
    steps.set(step, item);
  }
  return steps;
}

/** True when what both sides have stands in one order; pairs come in the order of `after`. */
function sameOrder<T>(pairs: readonly Pairing<T>[], before: readonly T[]): boolean {
  const position = new Map(before.map((item, index) => [item, index]));
  let last = -1;
  for (const pair of pairs) {
    if (pair.before === undefined || pair.after === undefined) continue;
    const here = position.get(pair.before) ?? -1;
    if (here < last) return false;
    last = here;
  }
  return true;
}
