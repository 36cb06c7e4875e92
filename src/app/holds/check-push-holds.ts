import { decideHolds } from '../../domain/hold/decide-holds.ts';
import { readPlannedFields } from '../../domain/plan/field-file.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { drive } from '../../git/drive.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Hub } from '../hub.ts';

/** What a push does to the branch that the cluster reads. */
export interface PushedChanges {
  readonly projectId: string;
  readonly changes: readonly TreeChange[];
}

/** Throws `value_held` when a push brings back what a rollback took away. Only files with a hold are read. */
export async function checkPushHolds(
  hub: Hub,
  reader: ObjectReader,
  { projectId, changes }: PushedChanges,
): Promise<void> {
  const holds = await hub.store.holds.inForce(projectId, hub.clock());
  if (holds.length === 0) return;
  const files = new Set(holds.map(({ file }) => file));
  const touched = changes.filter(({ path }) => files.has(path));
  demand(decideHolds(holds, await drive(reader, readPlannedFields(touched))));
}
