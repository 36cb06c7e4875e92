import type { Actor } from '../../domain/people/actor.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import { type AuditQuery, readAuditQuery } from './audit-query.ts';

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly nextCursor: string | undefined;
}

const usualPage = 100;
/** Rows that one call looks at in search of a rare flag; the next call goes on from there. */
const mostLookedAt = 5000;

/** The log, newest first. Throws `role_missing` for whoever may not read it. */
export async function listAudit(
  hub: Hub,
  actor: Actor,
  {
    cursor,
    limit = usualPage,
    ...query
  }: AuditQuery & { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<AuditPage> {
  demandRight(actor, 'audit');
  const ready = await readAuditQuery(hub, actor, query);
  const rows: AuditRow[] = [];
  let before = cursor === undefined ? undefined : Number(cursor) || 0;
  for (let looked = 0; looked < mostLookedAt; looked += limit) {
    const found = await hub.store.audit.list(ready.filter, { before, limit });
    for (const row of found) {
      before = row.entry.seq;
      if (ready.fits(row)) rows.push(row);
      if (rows.length === limit) return { rows, nextCursor: String(before) };
    }
    if (found.length < limit) return { rows, nextCursor: undefined };
  }
  return { rows, nextCursor: String(before) };
}
