import { createHash } from 'node:crypto';
import type { Plan, SourceEdit } from '../domain/plan/plan.ts';
import { digestText } from '../domain/plan/plan-digest.ts';
import type { Project } from '../domain/layout/project-file.ts';
import { type AppliedEdits, refuseAbsent } from '../git/apply-edits.ts';
import type { ObjectReader } from '../git/object-reader.ts';
import type { Oid } from '../tree/object.ts';
import { applySources } from './apply-sources.ts';

/** A plan with what binds it and what it leads to. Nothing is written yet. */
export interface PlannedChange {
  readonly plan: Plan;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
  /** The root tree after the edits, generated files brought along, and the new objects it needs. */
  readonly result: AppliedEdits;
}

export const digestOf = (plan: Plan): string =>
  `sha256:${createHash('sha256').update(digestText(plan)).digest('hex')}`;

/** Where a plan is to be carried out; without a project nothing is generated. */
export interface PlanBase {
  readonly tree: Oid;
  readonly project: Project | undefined;
}

/**
 * Binds a plan to its digest and works out the tree it leads to. Throws `object_missing` when a file that comes back
 * is not in the repository: a folder that is put whole would hide that.
 */
export async function bindPlan(reader: ObjectReader, plan: Plan, base: PlanBase): Promise<PlannedChange> {
  const written = new Set(plan.edits.filter(({ kind }) => kind === 'write').map(({ path }) => path));
  const [result] = await Promise.all([
    applySources(reader, { ...base, edits: plan.edits }),
    ...plan.sources.map((edit) => refuseLost(reader, edit, written)),
  ]);
  return { plan, digest: digestOf(plan), result };
}

/** What is written anew is not there yet. */
async function refuseLost(
  reader: ObjectReader,
  edit: SourceEdit,
  written: ReadonlySet<string>,
): Promise<void> {
  if (edit.kind !== 'file' || !edit.after || written.has(edit.path)) return;
  await refuseAbsent(reader, { kind: 'put', path: edit.path, ...edit.after });
}
