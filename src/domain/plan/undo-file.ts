import type { EntryState, TreeChange } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import type { FieldChange } from '../../tree/fields/change.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import { spliceFields } from '../../tree/fields/splice.ts';
import { mergeText } from '../../tree/merge-text.ts';
import type { Oid } from '../../tree/object.ts';
import { editOf } from '../../tree/restore.ts';
import type { PlannedField, PlannedFile, RefusedEdit, SourceEdit } from './plan.ts';
import { type FieldFile, plannedField } from './field-file.ts';
import { isEditable, plannedFile } from './plan-parts.ts';

/** What undoing a commit does to one file: an edit, or nothing, with the conflicts that stay. */
export interface UndoneFile {
  readonly file: PlannedFile;
  readonly edit: Edit | undefined;
  readonly sources: readonly SourceEdit[];
  readonly fields: readonly PlannedField[];
  readonly conflicts: readonly RefusedEdit[];
}

const CHANGED_AGAIN = 'changed again since';

const same = (a: EntryState | undefined, b: EntryState | undefined): boolean =>
  a?.oid === b?.oid && a?.mode === b?.mode;

const nothing = (file: PlannedFile, conflicts: readonly RefusedEdit[] = []): UndoneFile => ({
  file,
  edit: undefined,
  sources: [],
  fields: [],
  conflicts,
});

/**
 * Undoes one changed path. `change.before` is what the commit left there, `change.after` what it found; `now` is
 * what the branch has.
 */
export function undoFile(
  change: TreeChange,
  now: EntryState | undefined,
  texts: ReadonlyMap<Oid, string>,
): UndoneFile {
  const { path, before: left, after: found } = change;
  const file = plannedFile({ path, before: now, after: found });
  if (same(now, found)) return nothing(file);
  const [textLeft, textFound, textNow] = [left, found, now].map((state) => texts.get(state?.oid ?? ''));
  if (same(now, left)) {
    const listed = isEditable(change) && textLeft !== undefined && textFound !== undefined;
    const fields = listed ? listFields(path, textLeft, textFound) : [];
    const source: SourceEdit = { kind: 'file', path, before: now, after: found, kept: [] };
    return {
      file,
      edit: editOf({ path, before: now, after: found }),
      sources: [source],
      fields,
      conflicts: [],
    };
  }
  const mergeable = isEditable(change) && now !== undefined && now.mode === left?.mode;
  if (!mergeable || textLeft === undefined || textFound === undefined || textNow === undefined) {
    return nothing(file, [{ address: path, reason: now ? CHANGED_AGAIN : 'deleted since' }]);
  }
  const changes = changedFields(textLeft, textFound);
  const merged = mergeText(textNow, textLeft, textFound);
  if (changes.kind === 'opaque') {
    if (merged === undefined) return nothing(file, [{ address: path, reason: CHANGED_AGAIN }]);
    return written(file, now, merged, { fields: [], conflicts: [] });
  }
  if (merged !== undefined && sameFields(changes.changes, changedFields(textNow, merged))) {
    return written(file, now, merged, { fields: changes.changes, conflicts: [] });
  }
  const texts3 = { now: textLeft, past: textFound };
  return undoFields({ change, texts: texts3, fields: changes.changes, opaque: undefined }, now, textNow);
}

const listFields = (path: string, now: string, past: string): PlannedField[] => {
  const found = changedFields(now, past);
  return found.kind === 'opaque' ? [] : found.changes.map((field) => plannedField(path, field));
};

/** A clean merge counts only when it changes the commit's fields and no others. */
function sameFields(wanted: readonly FieldChange[], got: ReturnType<typeof changedFields>): boolean {
  if (got.kind === 'opaque' || got.changes.length !== wanted.length) return false;
  const addresses = new Set(got.changes.map(({ address }) => address));
  return wanted.every(({ address }) => addresses.has(address));
}

interface Written {
  readonly fields: readonly FieldChange[];
  readonly conflicts: readonly RefusedEdit[];
}

function written(
  file: PlannedFile,
  now: EntryState,
  text: string,
  { fields, conflicts }: Written,
): UndoneFile {
  const { path } = file;
  const planned = fields.map((field) => plannedField(path, field));
  const sources: SourceEdit[] =
    planned.length > 0
      ? planned.map(({ address, before, after }) => ({ kind: 'field', address, before, after }))
      : [{ kind: 'file', path, before: now, after: file.after, kept: [] }];
  const edit: Edit = { kind: 'write', path, mode: now.mode, text };
  return { file, edit, sources, fields: planned, conflicts };
}

const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

const LONGEST_VALUE = 40;

/** That a field changed again, and to what where that is short and no secret. */
function whyMoved(path: string, field: FieldChange, moved: readonly FieldChange[]): string {
  const same = moved.find(({ address }) => address === field.address);
  if (!same || plannedField(path, same).secret) return CHANGED_AGAIN;
  const value = same.before;
  if (value === undefined) return 'removed since';
  const shown = typeof value !== 'object' && String(value).length <= LONGEST_VALUE;
  return shown ? `${CHANGED_AGAIN}, to ${String(value)}` : CHANGED_AGAIN;
}

/** Undoes chosen fields of a file that may have changed since; a field that did is a conflict and stays. */
export function undoFields(
  file: FieldFile,
  now: EntryState | undefined,
  textNow: string | undefined,
): UndoneFile {
  const { path } = file.change;
  const planned = plannedFile({ path, before: now, after: file.change.after });
  const address = (field: FieldChange) => `${path}${field.address}`;
  if (!file.texts || !now || textNow === undefined) {
    return nothing(
      planned,
      file.fields.map((field) => ({ address: address(field), reason: 'the file is gone' })),
    );
  }
  const since = changedFields(textNow, file.texts.now);
  const left = changedFields(textNow, file.texts.past);
  const touches = (changes: readonly FieldChange[], field: FieldChange): boolean =>
    changes.some((one) => overlaps(one.address, field.address));
  // Somebody took it back already.
  const open =
    left.kind === 'opaque' ? file.fields : file.fields.filter((field) => touches(left.changes, field));
  const clean = since.kind === 'opaque' ? [] : open.filter((field) => !touches(since.changes, field));
  const moved = since.kind === 'opaque' ? [] : since.changes;
  const conflicts = open
    .filter((field) => !clean.includes(field))
    .map((field) => ({ address: address(field), reason: whyMoved(path, field, moved) }));
  if (clean.length === 0) return nothing(planned, conflicts);
  const result = spliceFields(
    textNow,
    file.texts.past,
    clean.map((field) => field.address),
  );
  if (result.kind === 'refused') {
    const refused = result.refusals.map((refusal) => ({
      address: `${path}${refusal.address}`,
      reason: refusal.reason,
    }));
    return nothing(planned, [...conflicts, ...refused]);
  }
  return written(planned, now, result.text, { fields: clean, conflicts });
}
