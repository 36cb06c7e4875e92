import { type Layout, isShared, ownerOf } from '../layout/layout.ts';
import type { Plan } from './plan.ts';
import { PROJECT_FILE } from '../layout/project-file.ts';
import { type TenantEnvironment, tenantEnvironmentName } from './scope.ts';

/** Whom a plan concerns, and so whose rights and policies apply. */
export interface PlanReach {
  /** Every tenant-environment that it changes or whose shared files it changes, the one that was named first. */
  readonly where: readonly TenantEnvironment[];
  /** Paths that belong to nobody; a rollback has none, an undo can. */
  readonly unowned: readonly string[];
  /** It changes knowngood.yaml, which says whose everything is. */
  readonly projectFile: boolean;
}

/** Works out whom a plan concerns. `layout` is the one it was planned with. */
export function reachOf(plan: Plan, layout: Layout): PlanReach {
  const where = new Map<string, TenantEnvironment>();
  const add = ({ tenant, environment }: TenantEnvironment): void => {
    where.set(tenantEnvironmentName({ tenant, environment }), { tenant, environment });
  };
  const { tenant, environment } = plan;
  if (tenant !== undefined && environment !== undefined) add({ tenant, environment });
  const unowned: string[] = [];
  for (const { path } of plan.services.flatMap(({ files }) => files)) {
    const owner = ownerOf(layout, path);
    if (owner === undefined) unowned.push(path);
    else if (!isShared(owner) && owner.tenant !== undefined && owner.environment !== undefined) {
      add({ tenant: owner.tenant, environment: owner.environment });
    }
  }
  for (const { included, reaches } of plan.shared) if (included) reaches.forEach(add);
  return {
    where: [...where.values()],
    unowned: unowned.filter((path) => path !== PROJECT_FILE),
    projectFile: unowned.includes(PROJECT_FILE),
  };
}
