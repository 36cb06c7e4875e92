import { createHash } from 'node:crypto';
import type { Plan } from '../domain/plan.ts';
import { digestText } from '../domain/plan-digest.ts';
import { type AppliedEdits, applyEdits } from '../git/apply-edits.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import type { Oid } from '../tree/object.ts';

/** A plan with what binds it and what it leads to. Nothing is written yet. */
export interface PlannedChange {
  readonly plan: Plan;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** The root tree after the edits, and the new objects it needs. */
  readonly result: AppliedEdits;
}

export const digestOf = (plan: Plan): string =>
  `sha256:${createHash('sha256').update(digestText(plan)).digest('hex')}`;

/** Binds a plan to its digest and works out the tree it leads to. */
export async function bindPlan(reader: ObjectReader, plan: Plan, baseTree: Oid): Promise<PlannedChange> {
  return { plan, digest: digestOf(plan), result: await applyEdits(reader, baseTree, plan.edits) };
}
