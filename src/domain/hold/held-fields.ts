import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Walk } from '../../tree/object.ts';
import { type Layout, ownerOf } from '../layout/layout.ts';
import { readPlannedFields } from '../plan/field-file.ts';
import { type KeepPattern, namesField } from '../plan/keep.ts';
import { type KnownFields, changeKey } from '../plan/known-fields.ts';
import type { HeldField } from './hold.ts';
import { namesVersion } from './names-version.ts';

/** More files than this are a move of everything; nobody reads so many holds. */
const mostFiles = 500;

type Place = Pick<HeldField, 'tenant' | 'environment' | 'service'>;

/** Whose a path is; generated ones follow from others, and shared ones are nobody's alone. */
function placeOf(layout: Layout, path: string): Place | undefined {
  const owner = ownerOf(layout, path);
  if (!owner || owner.generated || owner.tenant === undefined || owner.environment === undefined)
    return undefined;
  return { tenant: owner.tenant, environment: owner.environment, service: owner.service };
}

/** What is known of the changed fields already, and the patterns of fields that are held besides versions. */
export interface Holding {
  readonly known?: KnownFields | undefined;
  readonly also?: readonly KeepPattern[];
}

/**
 * The versions that a rollback took away, and the other fields that it was to hold: what each changed field of a
 * tenant-environment had before, and has no more. Only files whose fields are not known yet are read.
 */
export function* heldFields(
  layout: Layout,
  changes: readonly TreeChange[],
  { known = new Map(), also = [] }: Holding = {},
): Walk<readonly HeldField[]> {
  const places = new Map(changes.map(({ path }) => [path, placeOf(layout, path)]));
  const owned = changes.filter(({ path }) => places.get(path) !== undefined);
  if (owned.length > mostFiles) return [];
  const unread = owned.filter((change) => !known.has(changeKey(change)));
  const read = Map.groupBy(yield* readPlannedFields(unread), ({ file }) => file);
  const fields = owned.flatMap((change) => known.get(changeKey(change)) ?? read.get(change.path) ?? []);
  return fields.flatMap(({ file, address, field, before, secret }) => {
    const place = places.get(file);
    if (!place || secret || before === undefined) return [];
    // Patterns know addresses without their file.
    if (!namesVersion(field) && !also.some((each) => namesField(each, file, address.slice(file.length))))
      return [];
    return [{ ...place, file, address, field, value: before }];
  });
}
