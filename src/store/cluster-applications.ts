import type { Application } from '../domain/cluster/application.ts';
import type { ApplicationPlace } from '../domain/cluster/application-place.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface ClusterApplicationRow {
  readonly clusterId: string;
  readonly namespace: string;
  readonly name: string;
  readonly hash: string;
  readonly body: string;
  readonly projectId: string | null;
  readonly tenant: string | null;
  readonly environment: string | null;
  readonly service: string | null;
  readonly bound: 'layout' | 'hand' | null;
}

/** What an Application deploys for us, and how we know. */
export interface BoundPlace extends ApplicationPlace {
  readonly projectId: string;
  readonly by: 'layout' | 'hand';
}

/** An Application of a cluster, with the tenant-environment that it deploys when that is known. */
export interface ClusterApplication {
  readonly clusterId: string;
  readonly application: Application;
  readonly bound: BoundPlace | undefined;
  /** SHA-256 of the Application as JSON. */
  readonly hash: string;
}

const boundOf = (row: ClusterApplicationRow): BoundPlace | undefined =>
  row.projectId === null || row.tenant === null || row.environment === null || row.bound === null
    ? undefined
    : {
        projectId: row.projectId,
        tenant: row.tenant,
        environment: row.environment,
        service: row.service ?? undefined,
        by: row.bound,
      };

const applicationFrom = (row: ClusterApplicationRow): ClusterApplication => ({
  clusterId: row.clusterId,
  application: JSON.parse(row.body) as Application,
  bound: boundOf(row),
  hash: row.hash,
});

const rowOf = ({ clusterId, application, bound, hash }: ClusterApplication): ClusterApplicationRow => ({
  clusterId,
  namespace: application.namespace,
  name: application.name,
  hash,
  body: JSON.stringify(application),
  projectId: bound?.projectId ?? null,
  tenant: bound?.tenant ?? null,
  environment: bound?.environment ?? null,
  service: bound?.service ?? null,
  bound: bound?.by ?? null,
});

const isSameRow = (one: ClusterApplicationRow, other: ClusterApplicationRow): boolean =>
  one.hash === other.hash &&
  (['projectId', 'tenant', 'environment', 'service', 'bound'] as const).every(
    (key) => one[key] === other[key],
  );

const atPlace = remembered<TenantEnvironment & { readonly projectId: string }, ClusterApplicationRow>(
  ['cluster_applications'],
  (db, value) =>
    db
      .selectFrom('clusterApplications')
      .selectAll()
      .where('projectId', '=', value('projectId'))
      .where('tenant', '=', value('tenant'))
      .where('environment', '=', value('environment'))
      .orderBy('clusterId')
      .orderBy('namespace')
      .orderBy('name')
      .compile(),
);

/** The Applications of each cluster as its latest report has them. */
export const clusterApplications = (db: Queries) => {
  const all = (clusterId: string): Promise<readonly ClusterApplicationRow[]> =>
    db
      .selectFrom('clusterApplications')
      .selectAll()
      .where('clusterId', '=', clusterId)
      .orderBy('namespace')
      .orderBy('name')
      .execute();
  return {
    of: async (clusterId: string): Promise<readonly ClusterApplication[]> =>
      (await all(clusterId)).map(applicationFrom),
    /** What a cluster has from now on; rows that stay the same are left alone. */
    replace: async (clusterId: string, next: readonly ClusterApplication[]): Promise<void> => {
      const key = ({ namespace, name }: Pick<ClusterApplicationRow, 'namespace' | 'name'>): string =>
        `${namespace}/${name}`;
      const kept = new Map((await all(clusterId)).map((row) => [key(row), row]));
      for (const row of next.map(rowOf)) {
        const before = kept.get(key(row));
        kept.delete(key(row));
        if (before && isSameRow(before, row)) continue;
        await db
          .insertInto('clusterApplications')
          .values(row)
          .onConflict((conflict) => conflict.columns(['clusterId', 'namespace', 'name']).doUpdateSet(row))
          .execute();
      }
      for (const { namespace, name } of kept.values())
        await db
          .deleteFrom('clusterApplications')
          .where('clusterId', '=', clusterId)
          .where('namespace', '=', namespace)
          .where('name', '=', name)
          .execute();
    },
    /** Those that deploy a tenant-environment, over all clusters. */
    at: async (projectId: string, where: TenantEnvironment): Promise<readonly ClusterApplication[]> => {
      const { tenant, environment } = where;
      const rows = await atPlace(db, { projectId, tenant, environment });
      return rows.map(applicationFrom);
    },
  };
};
