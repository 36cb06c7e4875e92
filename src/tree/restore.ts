import { type TreeChange, compareTrees } from './diff-trees.ts';
import type { Edit } from './edit.ts';
import type { Oid, Walk } from './object.ts';
import type { Selector } from './select.ts';

/** What it takes to make the selected paths of one tree equal to those of another. */
export interface Restoration {
  readonly changes: readonly TreeChange[];
  readonly edits: readonly Edit[];
}

/** The edit that turns one changed path into what it becomes. */
export function editOf(change: TreeChange): Edit {
  const { path, after } = change;
  return after ? { kind: 'put', path, mode: after.mode, oid: after.oid } : { kind: 'delete', path };
}

const folderEdit = ({ path, oid }: { readonly path: string; readonly oid: Oid | undefined }): Edit =>
  oid === undefined ? { kind: 'delete', path } : { kind: 'put', path, mode: '040000', oid };

/**
 * The edits after which every selected path of `current` is as in `target`, and no other path has changed. Whatever
 * the target did not have is deleted. A folder that is selected whole is one edit, however much lies in it.
 */
export function* restore(current: Oid, target: Oid, select: Selector): Walk<Restoration> {
  const { changes, folders, rest } = yield* compareTrees(current, target, select);
  return { changes, edits: [...folders.map(folderEdit), ...rest.map(editOf)] };
}
