import type { Branch } from './edit-plan.ts';
import { collection, type FieldChild } from './node.ts';

/** A group of new children and the child of the present text they stand next to; undefined: the present has none left. */
export interface Insertion {
  readonly children: readonly FieldChild[];
  readonly side: 'after' | 'before';
  readonly beside: FieldChild | undefined;
}

/** The children of a branch's field that stay. */
export const keptChildren = (branch: Branch): readonly FieldChild[] =>
  collection(branch.current.node)?.children.filter((child) => !branch.removed.has(child)) ?? [];

/**
 * Where new children go: behind the sibling that precedes them in the target, else before the one that follows, else
 * at the end. With every change chosen this gives the order of the target.
 */
export function insertionsOf(branch: Branch): readonly Insertion[] {
  if (branch.inserted.size === 0) return [];
  const counterparts = new Map(
    Array.from(branch.pairs?.values() ?? [], ({ before, after }) => [after, before]),
  );
  const kept = keptChildren(branch);
  const groups = new Map<FieldChild | undefined, FieldChild[]>();
  let last: FieldChild | undefined;
  let first: FieldChild | undefined;
  for (const child of (branch.target && collection(branch.target.node)?.children) ?? []) {
    const counterpart = counterparts.get(child);
    if (counterpart) {
      last = counterpart;
      first ??= counterpart;
    } else if (branch.inserted.has(child)) {
      const group = groups.get(last);
      if (group) group.push(child);
      else groups.set(last, [child]);
    }
  }
  return Array.from(groups, ([beside, children]) =>
    beside
      ? { children, side: 'after', beside }
      : first
        ? { children, side: 'before', beside: first }
        : { children, side: 'after', beside: kept.at(-1) },
  );
}
