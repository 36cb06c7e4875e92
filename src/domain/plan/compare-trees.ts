import { diffTrees } from '../../tree/diff-trees.ts';
import type { Oid, Walk } from '../../tree/object.ts';
import { plannedField, readFieldFiles } from './field-file.ts';
import { selectScope } from '../layout/layout-selector.ts';
import type { Layout } from '../layout/layout.ts';
import type { ServiceChange } from './plan.ts';
import { groupByService, plannedFile } from './plan-parts.ts';
import type { Scope } from './scope.ts';

/** Two trees, the earlier first; `undefined` is the empty tree. */
export interface TreePair {
  readonly from: Oid | undefined;
  readonly to: Oid | undefined;
}

/** What differs, per service, and whether that is all of it. */
export interface TreeComparison {
  readonly services: readonly ServiceChange[];
  readonly complete: boolean;
  /** Changed files whose fields cannot be told apart, with the reason. */
  readonly opaque: readonly { readonly path: string; readonly reason: string }[];
}

/** Files that are listed at most. */
const mostFiles = 500;

/** What differs between two trees in the files and fields that a scope owns. */
export function* compareTrees(
  layout: Layout,
  scope: Pick<Scope, 'tenant' | 'environment' | 'service'>,
  { from, to }: TreePair,
): Walk<TreeComparison> {
  const all = yield* diffTrees(from, to, selectScope(layout, scope));
  const changes = all.slice(0, mostFiles);
  const files = yield* readFieldFiles(changes);
  const fields = files.flatMap(({ change, fields }) =>
    fields.map((field) => plannedField(change.path, field)),
  );
  return {
    services: groupByService(layout, changes.map(plannedFile), fields),
    complete: all.length <= mostFiles,
    opaque: files.flatMap(({ change: { path }, opaque }) =>
      opaque === undefined ? [] : [{ path, reason: opaque }],
    ),
  };
}
