import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { TenantEnvironment } from '../domain/scope.ts';
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
  readonly status: string;
  readonly statusServices: string | null;
}

const namesIn = (text: string | null, otherwise: readonly string[]): readonly string[] =>
  text === null ? otherwise : (JSON.parse(text) as string[]);

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
    const earlier = row.status === 'rolled_back' ? namesIn(row.statusServices, deployed) : [];
    const gone = deployed.filter((name) => services.includes(name) || earlier.includes(name));
    if (gone.length === 0) continue;
    const all = gone.length === deployed.length;
    await sql`update deployments set status = 'rolled_back', status_services = ${all ? null : JSON.stringify(gone)}
      where place = ${place} and position = ${row.position}`.execute(db);
  }
}
