import type { TreeChange } from '../../tree/diff-trees.ts';
import type { FieldChange } from '../../tree/fields/change.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import type { Walk } from '../../tree/object.ts';
import type { PlannedField } from './plan.ts';
import { isEditable } from './plan-parts.ts';
import { readTexts } from './read-texts.ts';

/** A changed file of the service with its two texts, or why its fields cannot be told apart. */
export interface FieldFile {
  readonly change: TreeChange;
  readonly texts: { readonly now: string; readonly past: string } | undefined;
  readonly fields: readonly FieldChange[];
  readonly opaque: string | undefined;
}

/** Reads the changed files of a service as fields. */
export function* readFieldFiles(changes: readonly TreeChange[]): Walk<readonly FieldFile[]> {
  const texts = yield* readTexts(
    changes.filter(isEditable).flatMap(({ before, after }) => [before?.oid, after?.oid]),
  );
  return changes.map((change) => {
    const [now, past] = [texts.get(change.before?.oid ?? ''), texts.get(change.after?.oid ?? '')];
    if (now === undefined || past === undefined)
      return { change, texts: undefined, fields: [], opaque: whyWhole(change) };
    const found = changedFields(now, past);
    if (found.kind === 'opaque') return { change, texts: { now, past }, fields: [], opaque: found.reason };
    return { change, texts: { now, past }, fields: found.changes, opaque: undefined };
  });
}

function whyWhole(change: TreeChange): string {
  if (!change.before) return 'the file does not exist now';
  if (!change.after) return 'the file does not exist at the target';
  if (change.before.oid === change.after.oid) return 'only its mode differs';
  if (!isEditable(change)) return 'it is a symbolic link or submodule';
  return 'it is not text, or larger than the limit';
}

/** A field of a file as plans and people name it: with the file in its address. */
export const plannedField = (path: string, field: FieldChange): PlannedField => ({
  file: path,
  address: `${path}${field.address}`,
  field: field.short,
  before: field.before,
  after: field.after,
  secret: field.secret,
});

/** Every changed field of these files; those that cannot be told apart by fields have none. */
export function* readPlannedFields(changes: readonly TreeChange[]): Walk<readonly PlannedField[]> {
  const files = yield* readFieldFiles(changes);
  return files.flatMap(({ change: { path }, fields }) => fields.map((field) => plannedField(path, field)));
}
