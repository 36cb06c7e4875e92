import type { TenantEnvironment } from '../domain/plan/scope.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface ClusterBindingRow {
  readonly id: string;
  readonly clusterId: string;
  /** `namespace/name`; empty for every Application of the cluster that reads the project. */
  readonly application: string;
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
  readonly createdBy: string;
  readonly createdAt: number;
}

/** A person's word that a cluster, or one Application of it, runs a tenant-environment. */
export type ClusterBinding = ClusterBindingRow;

const atPlace = remembered<TenantEnvironment & { readonly projectId: string }, ClusterBindingRow>(
  ['cluster_bindings'],
  (db, value) =>
    db
      .selectFrom('clusterBindings')
      .selectAll()
      .where('projectId', '=', value('projectId'))
      .where('tenant', '=', value('tenant'))
      .where('environment', '=', value('environment'))
      .orderBy('id')
      .compile(),
);

export const clusterBindings = (db: Queries) => ({
  /** False when it is there already. */
  add: async (binding: ClusterBinding): Promise<boolean> => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('clusterBindings')
      .values(binding)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  of: async (clusterId: string): Promise<readonly ClusterBinding[]> =>
    db.selectFrom('clusterBindings').selectAll().where('clusterId', '=', clusterId).orderBy('id').execute(),
  /** Those that name a tenant-environment. */
  at: async (
    projectId: string,
    { tenant, environment }: TenantEnvironment,
  ): Promise<readonly ClusterBinding[]> => atPlace(db, { projectId, tenant, environment }),
  remove: async (clusterId: string, id: string): Promise<boolean> =>
    changedOne(
      await db
        .deleteFrom('clusterBindings')
        .where('clusterId', '=', clusterId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ),
});
