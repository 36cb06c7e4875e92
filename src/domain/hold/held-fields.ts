import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Walk } from '../../tree/object.ts';
import { type Layout, ownerOf } from '../layout/layout.ts';
import { readPlannedFields } from '../plan/field-file.ts';
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

/**
 * The versions that a rollback took away: what each changed field of a tenant-environment had before, and has no more.
 * Only files whose fields are not known yet are read.
 */
export function* heldFields(
  layout: Layout,
  changes: readonly TreeChange[],
  known: KnownFields = new Map(),
): Walk<readonly HeldField[]> {
  const places = new Map(changes.map(({ path }) => [path, placeOf(layout, path)]));
  const owned = changes.filter(({ path }) => places.get(path) !== undefined);
  if (owned.length > mostFiles) return [];
  const unread = owned.filter((change) => !known.has(changeKey(change)));
  const read = Map.groupBy(yield* readPlannedFields(unread), ({ file }) => file);
  const fields = owned.flatMap((change) => known.get(changeKey(change)) ?? read.get(change.path) ?? []);
  return fields.flatMap(({ file, address, field, before, secret }) => {
    const place = places.get(file);
    if (!place || secret || before === undefined || !namesVersion(field)) return [];
    return [{ ...place, file, address, field, value: before }];
  });
}
