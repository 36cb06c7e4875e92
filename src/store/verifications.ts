import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { prepared } from './prepared.ts';

export interface VerificationRow {
  readonly requestId: string;
  readonly projectId: string;
  readonly state: string;
  readonly reason: string;
  /** The whole verdict as JSON. */
  readonly body: string;
  readonly startedAt: number;
  readonly changedAt: number;
  readonly lookedAt: number;
  readonly closedAt: number | null;
}

interface OpenFrom {
  readonly after: string;
  /** Those that began before this are old. */
  readonly old: number;
}

/**
 * Nobody has looked yet, or somebody is known to run what the request changed, or was at the last look, or it is to be
 * closed. All others stay as they are, however many they are.
 */
const openRows = prepared<OpenFrom & { readonly limit: number }, VerificationRow>((db, value) =>
  sql<VerificationRow>`select v.* from verifications v
    where v.closed_at is null and v.request_id > ${value('after')} and (v.body not like '%"bound":false%'
      or v.started_at < ${value('old')}
      or exists (select 1 from request_places p join cluster_applications a
        on a.project_id = p.project_id and a.tenant = p.tenant and a.environment = p.environment
        where p.request_id = v.request_id)
      or exists (select 1 from request_places p join cluster_bindings b
        on b.project_id = p.project_id and b.tenant = p.tenant and b.environment = p.environment
        where p.request_id = v.request_id))
    order by v.request_id limit ${value('limit')}`.compile(db),
);

const ofRequest = prepared<{ readonly requestId: string }, VerificationRow>((db, value) =>
  db.selectFrom('verifications').selectAll().where('requestId', '=', value('requestId')).compile(),
);

const putRow = prepared<VerificationRow>((db, value) => {
  const rest = {
    state: value('state'),
    reason: value('reason'),
    body: value('body'),
    changedAt: value('changedAt'),
    lookedAt: value('lookedAt'),
    closedAt: value('closedAt'),
  };
  const row = {
    requestId: value('requestId'),
    projectId: value('projectId'),
    startedAt: value('startedAt'),
    ...rest,
  };
  return db
    .insertInto('verifications')
    .values(row)
    .onConflict((conflict) => conflict.column('requestId').doUpdateSet(rest))
    .compile();
});

/** What is known of the recovery of completed requests. Rows that are closed are looked at no more. */
export const verifications = (db: Queries) => ({
  get: async (requestId: string): Promise<VerificationRow | undefined> =>
    (await ofRequest(db, { requestId })).rows[0],
  of: async (requestIds: readonly string[]): Promise<readonly VerificationRow[]> =>
    requestIds.length === 0
      ? []
      : db
          .selectFrom('verifications')
          .selectAll()
          .where('requestId', 'in', [...requestIds])
          .execute(),
  put: async (row: VerificationRow): Promise<void> => {
    await putRow(db, row);
  },
  /** Those that are still looked at and of which there can be news, by request, after one. */
  open: async (from: OpenFrom, limit: number): Promise<readonly VerificationRow[]> =>
    (await openRows(db, { ...from, limit })).rows,
});
