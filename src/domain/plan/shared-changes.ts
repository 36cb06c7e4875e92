import type { TreeChange } from '../../tree/diff-trees.ts';
import type { Oid, Walk } from '../../tree/object.ts';
import { type Layout, isShared, ownerOf } from '../layout/layout.ts';
import { listScopes } from '../layout/list-scopes.ts';
import type { SharedChange } from './plan.ts';
import { plannedFile } from './plan-parts.ts';
import type { TenantEnvironment } from './scope.ts';
import type { Bindings } from '../layout/template.ts';

/** For each changed path that several read: which tenant-environments of the tree `root` read it. */
export function* describeShared(
  layout: Layout,
  root: Oid,
  changes: readonly (TreeChange & { readonly included: boolean })[],
): Walk<readonly SharedChange[]> {
  const reached = new Map<string, readonly TenantEnvironment[]>();
  const result: SharedChange[] = [];
  for (const change of changes) {
    const owner: Bindings = ownerOf(layout, change.path) ?? {};
    const key = JSON.stringify([owner.tenant, owner.environment, owner.service]);
    let reaches = reached.get(key);
    if (!reaches) {
      reaches = (yield* listScopes(layout, root, owner)).map(({ tenant, environment }) => ({
        tenant,
        environment,
      }));
      reached.set(key, reaches);
    }
    const { path, change: kind } = plannedFile(change);
    result.push({ path, change: kind, reaches, included: change.included });
  }
  return result;
}

/** The shared ones among paths that a plan changes anyway, with whom they reach. */
export function* scopeOfPaths(
  layout: Layout,
  root: Oid,
  changes: readonly TreeChange[],
): Walk<readonly SharedChange[]> {
  const shared = changes.filter(({ path }) => {
    const owner = ownerOf(layout, path);
    return owner !== undefined && isShared(owner);
  });
  return yield* describeShared(
    layout,
    root,
    shared.map((change) => ({ ...change, included: true })),
  );
}
