import type { HealthRecord, HealthState } from '../domain/cluster/health-record.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';

export interface DeploymentHealthRow {
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
  readonly revision: string;
  readonly clusterId: string;
  /** `namespace/name`. */
  readonly application: string;
  readonly best: HealthState;
  readonly worst: HealthState;
  readonly last: HealthState;
  readonly healthyMilliseconds: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Which deployment, as one Application of one cluster runs it. */
export type HealthKey = Pick<
  DeploymentHealthRow,
  'projectId' | 'tenant' | 'environment' | 'revision' | 'clusterId' | 'application'
>;

const keys = ['projectId', 'tenant', 'environment', 'revision', 'clusterId', 'application'] as const;

/** How each deployment fared in each Application that ran it. Kept when the cluster is removed. */
export const deploymentHealth = (db: Queries) => ({
  get: async (key: HealthKey): Promise<HealthRecord | undefined> => {
    let query = db.selectFrom('deploymentHealth').selectAll();
    for (const name of keys) query = query.where(name, '=', key[name]);
    return query.executeTakeFirst();
  },
  put: async (key: HealthKey, record: HealthRecord): Promise<void> => {
    const { best, worst, last, healthyMilliseconds, firstAt, lastAt } = record;
    const said = { best, worst, last, healthyMilliseconds, firstAt, lastAt };
    await db
      .insertInto('deploymentHealth')
      .values({ ...key, ...said })
      .onConflict((conflict) => conflict.columns([...keys]).doUpdateSet(said))
      .execute();
  },
  /** What is known of these revisions of a tenant-environment. */
  of: async (
    projectId: string,
    where: TenantEnvironment,
    revisions: readonly string[],
  ): Promise<readonly DeploymentHealthRow[]> =>
    revisions.length === 0
      ? []
      : db
          .selectFrom('deploymentHealth')
          .selectAll()
          .where('projectId', '=', projectId)
          .where('tenant', '=', where.tenant)
          .where('environment', '=', where.environment)
          .where('revision', 'in', [...revisions])
          .execute(),
});
