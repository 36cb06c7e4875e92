import type { Queries } from './database.ts';

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

/** What is known of the recovery of completed requests. Rows that are closed are looked at no more. */
export const verifications = (db: Queries) => ({
  get: async (requestId: string): Promise<VerificationRow | undefined> =>
    db.selectFrom('verifications').selectAll().where('requestId', '=', requestId).executeTakeFirst(),
  of: async (requestIds: readonly string[]): Promise<readonly VerificationRow[]> =>
    requestIds.length === 0
      ? []
      : db
          .selectFrom('verifications')
          .selectAll()
          .where('requestId', 'in', [...requestIds])
          .execute(),
  put: async (row: VerificationRow): Promise<void> => {
    const { requestId: _requestId, projectId: _projectId, startedAt: _startedAt, ...rest } = row;
    await db
      .insertInto('verifications')
      .values(row)
      .onConflict((conflict) => conflict.column('requestId').doUpdateSet(rest))
      .execute();
  },
  /** Those that are still looked at, by request, after one. */
  open: async (after: string, limit: number): Promise<readonly VerificationRow[]> =>
    db
      .selectFrom('verifications')
      .selectAll()
      .where('closedAt', 'is', null)
      .where('requestId', '>', after)
      .orderBy('requestId')
      .limit(limit)
      .execute(),
});
