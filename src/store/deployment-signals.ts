import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';

export interface DeploymentSignalRow {
  readonly projectId: string;
  /** What the sender knows the alert by. */
  readonly fingerprint: string;
  readonly startedAt: number;
  readonly tenant: string;
  readonly environment: string;
  readonly service: string | null;
  readonly name: string;
  readonly summary: string;
  readonly endedAt: number | null;
  readonly receivedAt: number;
}

/** An alert about a tenant-environment, from its beginning to its end; the same alert again is the same row. */
export interface DeploymentSignal {
  readonly projectId: string;
  readonly fingerprint: string;
  readonly startedAt: number;
  readonly tenant: string;
  readonly environment: string;
  readonly service: string | undefined;
  readonly name: string;
  readonly summary: string;
  /** Absent while it goes on. */
  readonly endedAt: number | undefined;
  readonly receivedAt: number;
}

const signalFrom = (row: DeploymentSignalRow): DeploymentSignal => ({
  ...row,
  service: row.service ?? undefined,
  endedAt: row.endedAt ?? undefined,
});

export const deploymentSignals = (db: Queries) => ({
  /** An end that is known stays: senders repeat themselves in any order. */
  put: async (signal: DeploymentSignal): Promise<void> => {
    const row = { ...signal, service: signal.service ?? null, endedAt: signal.endedAt ?? null };
    const { summary, endedAt } = row;
    await db
      .insertInto('deploymentSignals')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['projectId', 'fingerprint', 'startedAt'])
          .doUpdateSet(endedAt === null ? { summary } : { summary, endedAt }),
      )
      .execute();
  },
  /** Those of a tenant-environment that went on at some moment from `since`, oldest first, at most a thousand. */
  of: async (
    projectId: string,
    where: TenantEnvironment,
    since: number,
  ): Promise<readonly DeploymentSignal[]> => {
    const rows = await db
      .selectFrom('deploymentSignals')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('tenant', '=', where.tenant)
      .where('environment', '=', where.environment)
      .where((eb) => eb.or([eb('endedAt', 'is', null), eb('endedAt', '>=', since)]))
      .orderBy('startedAt')
      .limit(1000)
      .execute();
    return rows.map(signalFrom);
  },
});
