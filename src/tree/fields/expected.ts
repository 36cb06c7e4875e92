import type { Branch } from './edit-plan.ts';
import { insertionsOf, keptChildren } from './merged-order.ts';
import { collection, type FieldChild } from './node.ts';
import { collectionKey, type Interner } from './node-builder.ts';

/**
 * The id the value of a branch must have once edited: the present value with exactly the chosen fields changed. It is
 * worked out on values alone, so that the edited text can be judged against it.
 */
export function expectedId(branch: Branch, intern: Interner): number {
  const real = collection(branch.current.node);
  if (!real) return branch.current.node.id;
  const parts = mergedChildren(branch).map((child) => {
    const below = branch.below.get(child);
    const id = below ? expectedId(below, intern) : (branch.replaced.get(child) ?? child).node.id;
    return { keyId: child.keyId, id };
  });
  return intern(collectionKey(real.kind, real.tag, parts));
}

function mergedChildren(branch: Branch): readonly FieldChild[] {
  const kept = keptChildren(branch);
  const insertions = insertionsOf(branch);
  if (kept.length === 0) return insertions.flatMap(({ children }) => children);
  const after = new Map<FieldChild | undefined, readonly FieldChild[]>();
  const before = new Map<FieldChild | undefined, readonly FieldChild[]>();
  for (const { children, side, beside } of insertions)
    (side === 'after' ? after : before).set(beside, children);
  return kept.flatMap((child) => [...(before.get(child) ?? []), child, ...(after.get(child) ?? [])]);
}
