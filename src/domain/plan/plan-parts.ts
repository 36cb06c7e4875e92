import type { EntryState, TreeChange } from '../../tree/diff-trees.ts';
import { isRegularFile } from '../../tree/object.ts';
import { type Layout, ownerOf } from '../layout/layout.ts';
import type { FileChangeKind, Hazard, Plan, PlannedField, PlannedFile, ServiceChange } from './plan.ts';

/** A commit and the tree it holds. */
export interface Snapshot {
  readonly revision: string;
  readonly tree: string;
}

/** The beginning of the target's id, for messages; empty where there is none. */
export const shortTarget = ({ target }: Pick<Plan, 'target'>): string => target?.slice(0, 8) ?? '';

/** Whether an old state comes back by it. */
export const goesBack = ({ kind }: Pick<Plan, 'kind'>): boolean => kind === 'rollback' || kind === 'undo';

const kindOf = (before: EntryState | undefined, after: EntryState | undefined): FileChangeKind => {
  if (!before) return 'added';
  if (!after) return 'deleted';
  return before.oid === after.oid ? 'mode' : 'modified';
};

export const plannedFile = ({ path, before, after }: TreeChange): PlannedFile => ({
  path,
  change: kindOf(before, after),
  before,
  after,
});

/** True when both sides are regular files of different content, so that fields can be told apart. */
export const isEditable = ({ before, after }: Pick<TreeChange, 'before' | 'after'>): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.oid !== after.oid &&
  isRegularFile(before.mode) &&
  isRegularFile(after.mode);

const isOdd = (state: EntryState | undefined): boolean => state !== undefined && !isRegularFile(state.mode);

/** Links and submodules are restored whole; a person should know that they are among the changes. */
export function oddEntryHazards(files: readonly PlannedFile[]): Hazard[] {
  const paths = files.filter(({ before, after }) => isOdd(before) || isOdd(after)).map(({ path }) => path);
  if (paths.length === 0) return [];
  const message = `restores ${paths.length} symbolic link(s) or submodule(s)`;
  return [{ code: 'link_or_submodule', message, blocking: false, paths }];
}

/** Groups files and fields by the service that owns them; what belongs to no service comes last, as `null`. */
export function groupByService(
  layout: Layout | undefined,
  files: readonly PlannedFile[],
  fields: readonly PlannedField[] = [],
): ServiceChange[] {
  const groups = new Map<string | null, { files: PlannedFile[]; fields: PlannedField[] }>();
  const groupOf = (path: string) => {
    const service = (layout && ownerOf(layout, path)?.service) ?? null;
    const group = groups.get(service) ?? { files: [], fields: [] };
    groups.set(service, group);
    return group;
  };
  for (const file of files) groupOf(file.path).files.push(file);
  for (const field of fields) groupOf(field.file).fields.push(field);
  return [...groups]
    .map(([service, group]) => ({ service, ...group }))
    .toSorted(
      (a, b) => Number(a.service === null) - Number(b.service === null) || compare(a.service, b.service),
    );
}

const compare = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);
