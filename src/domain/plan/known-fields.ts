import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Plan, PlannedField } from './plan.ts';

/** The changed fields of files that were read before, by `changeKey`. */
export type KnownFields = ReadonlyMap<string, readonly PlannedField[]>;

/** A change of a file by its contents: the same change has the same fields, whichever commit makes it. */
export const changeKey = ({ path, before, after }: Pick<TreeChange, 'path' | 'before' | 'after'>): string =>
  `${before?.oid ?? ''} ${after?.oid ?? ''} ${path}`;

/** What an explained rollback of whole files says of their fields. A file of which some are kept says less than all. */
export function knownFields({ kind, mode, kept, services }: Plan): KnownFields {
  if (kind !== 'rollback' || mode === 'field') return new Map();
  const partly = new Set(kept.map(({ path }) => path));
  return new Map(
    services.flatMap(({ files, fields }) =>
      files
        .filter(({ path }) => !partly.has(path))
        .map((file) => [changeKey(file), fields.filter((field) => field.file === file.path)] as const),
    ),
  );
}
