import type { TenantEnvironment } from '../domain/plan/scope.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

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
  at: async (projectId: string, where: TenantEnvironment): Promise<readonly ClusterBinding[]> =>
    db
      .selectFrom('clusterBindings')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('tenant', '=', where.tenant)
      .where('environment', '=', where.environment)
      .orderBy('id')
      .execute(),
  remove: async (clusterId: string, id: string): Promise<boolean> =>
    changedOne(
      await db
        .deleteFrom('clusterBindings')
        .where('clusterId', '=', clusterId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ),
});
