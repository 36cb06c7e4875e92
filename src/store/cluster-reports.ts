import type { ReportTime } from '../domain/cluster/report-order.ts';
import type { Queries } from './database.ts';

export type ReportKind = 'inventory' | 'applications' | 'drift';

export interface ClusterReportRow extends ReportTime {
  readonly clusterId: string;
  readonly kind: ReportKind;
  readonly hash: string;
  readonly body: string;
}

/** When the report that is kept was made, and what it held. */
export type ReportHead = Omit<ClusterReportRow, 'body'>;

/** The latest report of each kind from each cluster. Whether one may take another's place is decided before. */
export const clusterReports = (db: Queries) => ({
  head: async (clusterId: string, kind: ReportKind): Promise<ReportHead | undefined> =>
    db
      .selectFrom('clusterReports')
      .select(['clusterId', 'kind', 'hash', 'generation', 'reportedAt', 'receivedAt'])
      .where('clusterId', '=', clusterId)
      .where('kind', '=', kind)
      .executeTakeFirst(),
  /** The report with its body, which is JSON. */
  get: async (clusterId: string, kind: ReportKind): Promise<ClusterReportRow | undefined> =>
    db
      .selectFrom('clusterReports')
      .selectAll()
      .where('clusterId', '=', clusterId)
      .where('kind', '=', kind)
      .executeTakeFirst(),
  put: async (row: ClusterReportRow): Promise<void> => {
    const { clusterId: _clusterId, kind: _kind, ...rest } = row;
    await db
      .insertInto('clusterReports')
      .values(row)
      .onConflict((conflict) => conflict.columns(['clusterId', 'kind']).doUpdateSet(rest))
      .execute();
  },
  /** The same content again: only its times are new. */
  again: async ({ clusterId, kind, ...time }: Omit<ReportHead, 'hash'>): Promise<void> => {
    await db
      .updateTable('clusterReports')
      .set(time)
      .where('clusterId', '=', clusterId)
      .where('kind', '=', kind)
      .execute();
  },
});
