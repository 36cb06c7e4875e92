import type { Cluster, ClusterFacts } from '../domain/cluster/cluster.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface ClusterRow {
  readonly id: string;
  readonly name: string;
  readonly facts: string;
  readonly simulated: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly joinedAt: number | null;
  readonly seenAt: number | null;
  readonly skew: number | null;
  readonly generation: number;
}

const clusterFrom = (row: ClusterRow): Cluster => ({
  ...row,
  facts: JSON.parse(row.facts) as ClusterFacts,
  simulated: row.simulated === 1,
  joinedAt: row.joinedAt ?? undefined,
  seenAt: row.seenAt ?? undefined,
  skew: row.skew ?? undefined,
});

/** Clusters, by the name that people gave them. What belongs to one goes with it. */
export const clusters = (db: Queries) => ({
  /** False when the name is taken. */
  add: async (cluster: Cluster): Promise<boolean> => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('clusters')
      .values({
        ...cluster,
        facts: JSON.stringify(cluster.facts),
        simulated: cluster.simulated ? 1 : 0,
        joinedAt: cluster.joinedAt ?? null,
        seenAt: cluster.seenAt ?? null,
        skew: cluster.skew ?? null,
      })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  get: async (id: string): Promise<Cluster | undefined> => {
    const row = await db.selectFrom('clusters').selectAll().where('id', '=', id).executeTakeFirst();
    return row && clusterFrom(row);
  },
  /** By name, after one. */
  list: async (page: {
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly Cluster[]> => {
    let query = db.selectFrom('clusters').selectAll();
    if (page.after !== undefined) query = query.where('name', '>', page.after);
    return (await query.orderBy('name').limit(page.limit).execute()).map(clusterFrom);
  },
  /** A new agent registered: its reports are the next generation. */
  joined: async (
    id: string,
    { facts, now }: { readonly facts: ClusterFacts; readonly now: number },
  ): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('clusters')
        .set((eb) => ({
          facts: JSON.stringify(facts),
          joinedAt: now,
          seenAt: now,
          skew: null,
          generation: eb('generation', '+', 1),
        }))
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ),
  /** Its agent was heard. */
  seen: async (
    id: string,
    { now, skew, facts }: { readonly now: number; readonly skew?: number; readonly facts?: ClusterFacts },
  ): Promise<void> => {
    await db
      .updateTable('clusters')
      .set({
        seenAt: now,
        ...(skew === undefined ? {} : { skew }),
        ...(facts === undefined ? {} : { facts: JSON.stringify(facts) }),
      })
      .where('id', '=', id)
      .execute();
  },
  remove: async (id: string): Promise<boolean> =>
    changedOne(await db.deleteFrom('clusters').where('id', '=', id).executeTakeFirstOrThrow()),
});
