import type { Generated, Selectable } from 'kysely';
import type { Decision, Review } from '../domain/request/request.ts';
import type { Queries } from './database.ts';
import { partyColumns, partyFrom } from './party-columns.ts';
import type { PartyColumns } from './party-columns.ts';

export interface ReviewRow extends PartyColumns {
  readonly id: Generated<number>;
  readonly requestId: string;
  readonly decision: Decision;
  readonly comment: string | null;
  readonly digest: string;
  readonly at: number;
  readonly voidedAt: number | null;
  readonly voidReason: string | null;
}

const reviewFrom = (row: Selectable<ReviewRow>): Review => ({
  by: partyFrom(row),
  decision: row.decision,
  comment: row.comment ?? undefined,
  digest: row.digest,
  at: row.at,
  voided: row.voidedAt === null ? undefined : { at: row.voidedAt, reason: row.voidReason ?? '' },
});

/** Votes. A person has one that counts per request: the database itself refuses a second. */
export const reviews = (db: Queries) => ({
  /** False when this person has a vote here that counts. */
  add: async (requestId: string, review: Review): Promise<boolean> => {
    const { by, decision, comment, digest, at, voided } = review;
    const row = {
      ...partyColumns(by),
      requestId,
      decision,
      comment: comment ?? null,
      digest,
      at,
      voidedAt: voided?.at ?? null,
      voidReason: voided?.reason ?? null,
    };
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('reviews')
      .values(row)
      // By the rule itself and not by an error: on PostgreSQL an error would end the whole transaction.
      .onConflict((conflict) =>
        conflict.columns(['requestId', 'personId']).where('voidedAt', 'is', null).doNothing(),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },
  /** By request, in the order in which they were given, void ones too. */
  of: async (requestIds: readonly string[]): Promise<ReadonlyMap<string, readonly Review[]>> => {
    const rows = await db
      .selectFrom('reviews')
      .selectAll()
      .where('requestId', 'in', requestIds)
      .orderBy('id')
      .execute();
    const byRequest = Map.groupBy(rows, ({ requestId }) => requestId);
    return new Map(byRequest.entries().map(([id, found]) => [id, found.map(reviewFrom)]));
  },
  /** Takes a person's vote back. False when there is none that counts. */
  void: async (
    requestId: string,
    personId: string,
    voided: { readonly at: number; readonly reason: string },
  ): Promise<boolean> => {
    const { numUpdatedRows } = await db
      .updateTable('reviews')
      .set({ voidedAt: voided.at, voidReason: voided.reason })
      .where('requestId', '=', requestId)
      .where('personId', '=', personId)
      .where('voidedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  },
});
