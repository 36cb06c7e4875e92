import type { EntryState } from '../../tree/diff-trees.ts';
import { type FieldWish, setFields } from '../../tree/fields/set-fields.ts';
import { type Walk, isRegularFile } from '../../tree/object.ts';
import { listPaths } from '../../tree/read-paths.ts';
import { ownerOf } from '../layout/layout.ts';
import { selectScope } from '../layout/layout-selector.ts';
import { Refusal } from '../refusal/refusal.ts';
import { checkScope } from './check-scope.ts';
import { findField } from './find-field.ts';
import type { RefusedEdit } from './plan.ts';
import { readTexts } from './read-texts.ts';
import type { FieldRelease } from './release-change.ts';
import type { ReleaseQuery } from './release-query.ts';
import { scopeName } from './scope.ts';
import { type WrittenFile, writtenFile } from './written-file.ts';

/** The files that field changes write, and the fields that cannot be written, with the reason. */
export interface ReleasedFields {
  readonly written: readonly WrittenFile[];
  readonly refused: readonly RefusedEdit[];
}

interface OwnFile {
  readonly path: string;
  readonly state: EntryState;
  readonly text: string;
  readonly wishes: FieldWish[];
}

/** Works out what the field changes of a release make of the files that have those fields. */
export function* releaseFields(query: ReleaseQuery, changes: readonly FieldRelease[]): Walk<ReleasedFields> {
  const written: WrittenFile[] = [];
  const refused: RefusedEdit[] = [];
  for (const service of new Set(changes.map((change) => change.service))) {
    const files = yield* readOwn(query, service);
    const scope = scopeName({ ...query.where, service });
    for (const change of changes) if (change.service === service) place(change, files, scope);
    for (const { path, state, text, wishes } of files) {
      if (wishes.length === 0) continue;
      const result = setFields(text, wishes);
      if (result.kind === 'refused') {
        for (const { address, reason } of result.refusals)
          refused.push({ address: `${path}${address}`, reason });
        continue;
      }
      const writing = { path, before: state, now: text, text: result.text, whole: false };
      const file = writtenFile(writing, query.blobId);
      if (file) written.push(file);
    }
  }
  return { written, refused };
}

/** Notes a change at the file that it is about. */
function place({ field, wished }: FieldRelease, files: readonly OwnFile[], scope: string): void {
  const found = findField(field, files, scope);
  const file = files.find(({ path }) => path === found.path);
  const { address } = found;
  if (file?.wishes.some((other) => overlaps(other.address, address)))
    throw new Refusal('release_field_unknown', { field, scope, reason: 'it is named twice' });
  file?.wishes.push({ address, wished });
}

const overlaps = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);

/** The text files of a service, or those of the tenant-environment itself. */
function* readOwn({ where, base, layout }: ReleaseQuery, service: string | undefined): Walk<OwnFile[]> {
  yield* checkScope(layout, base.tree, { ...where, service });
  const found = yield* listPaths(base.tree, selectScope(layout, { ...where, service }));
  const own = [...found].filter(
    ([path, { mode }]) => isRegularFile(mode) && ownerOf(layout, path)?.service === service,
  );
  const texts = yield* readTexts(own.map(([, { oid }]) => oid));
  return own.flatMap(([path, state]) => {
    const text = texts.get(state.oid);
    return text === undefined ? [] : [{ path, state, text, wishes: [] }];
  });
}
