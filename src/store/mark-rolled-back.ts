import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { statusAfter } from '../domain/deployment/deployment-status.ts';
import type { DeploymentStatus } from '../domain/deployment/deployment.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';

/** What a rollback took back: everything after `target` and before its own revision. */
export interface RolledBackRange extends TenantEnvironment {
  /** The position of the revision that was gone back to; it stays as it is. */
  readonly after: number;
  /** The position of the rollback itself. */
  readonly before: number;
  /** The services it restored; undefined for all of them. */
  readonly services: readonly string[] | undefined;
}

interface Touched {
  readonly position: number;
  readonly services: string;
  readonly status: DeploymentStatus;
  readonly statusServices: string | null;
}

/** Marks the deployments of the range, each with the services of it that no longer run as they were deployed. */
export async function markRolledBack(
  db: Queries,
  place: RawBuilder<unknown>,
  { after, before, services }: RolledBackRange,
): Promise<void> {
  const range = sql`place = ${place} and position > ${after} and position < ${before}`;
  if (services === undefined) {
    await sql`update deployments set status = 'rolled_back', status_services = null where ${range}`.execute(
      db,
    );
    return;
  }
  const { rows } = await sql<Touched>`select position, services, status, status_services
    from deployments where ${range}`.execute(db);
  for (const row of rows) {
    const deployed = JSON.parse(row.services) as string[];
    const named = row.statusServices === null ? deployed : (JSON.parse(row.statusServices) as string[]);
    const earlier = { services: deployed, status: row.status, statusServices: named };
    const next = statusAfter(earlier, 'rolled_back', services);
    if (!next) continue;
    const all = next.statusServices.length === deployed.length;
    const text = all ? null : JSON.stringify(next.statusServices);
    await sql`update deployments set status = ${next.status}, status_services = ${text}
      where place = ${place} and position = ${row.position}`.execute(db);
  }
}
