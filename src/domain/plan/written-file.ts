import type { EntryState } from '../../tree/diff-trees.ts';
import type { Edit } from '../../tree/edit.ts';
import { changedFields } from '../../tree/fields/changes.ts';
import type { Oid } from '../../tree/object.ts';
import { plannedField } from './field-file.ts';
import type { PlannedField, PlannedFile, SourceEdit } from './plan.ts';
import { plannedFile } from './plan-parts.ts';

/** A file that gets a text of its own, and what that changes. `whole`: it is decided as a file, not field by field. */
export interface WrittenFile {
  readonly file: PlannedFile;
  readonly edit: Edit;
  readonly fields: readonly PlannedField[];
  readonly whole: boolean;
}

/** A file before and after; a state is absent where there is no file. `text` is what it gets, if it is written. */
export interface Writing {
  readonly path: string;
  readonly before: EntryState | undefined;
  readonly now: string | undefined;
  readonly text: string | undefined;
  readonly whole: boolean;
}

/** Works out what a new text of a file changes; undefined when it changes nothing. */
export function writtenFile(writing: Writing, blobId: (text: string) => Oid): WrittenFile | undefined {
  const { path, before, now, text, whole } = writing;
  const mode = before?.mode ?? '100644';
  const after = text === undefined ? undefined : { mode, oid: blobId(text) };
  if (before?.oid === after?.oid) return undefined;
  const found = now === undefined || text === undefined ? undefined : changedFields(now, text);
  return {
    file: plannedFile({ path, before, after }),
    edit: text === undefined ? { kind: 'delete', path } : { kind: 'write', path, mode, text },
    fields: found?.kind === 'fields' ? found.changes.map((field) => plannedField(path, field)) : [],
    whole,
  };
}

/** What the digest binds of it. */
export const sourcesOf = ({ file, fields, whole }: WrittenFile): readonly SourceEdit[] =>
  whole
    ? [{ kind: 'file', path: file.path, before: file.before, after: file.after, kept: [] }]
    : fields.map(({ address, before, after }) => ({ kind: 'field', address, before, after }));
