import type { Generated } from 'kysely';
import type { Note } from '../domain/request/request.ts';
import type { Queries } from './database.ts';
import { partyColumns, partyFrom } from './party-columns.ts';
import type { PartyColumns } from './party-columns.ts';

export interface NoteRow extends PartyColumns {
  readonly id: Generated<number>;
  readonly requestId: string;
  readonly text: string;
  readonly at: number;
}

/** What people wrote on a request, in the order in which they wrote it. */
export const notes = (db: Queries) => ({
  add: async (requestId: string, { by, text, at }: Note): Promise<void> => {
    await db
      .insertInto('notes')
      .values({ ...partyColumns(by), requestId, text, at })
      .execute();
  },
  of: async (requestIds: readonly string[]): Promise<ReadonlyMap<string, readonly Note[]>> => {
    const rows = await db
      .selectFrom('notes')
      .selectAll()
      .where('requestId', 'in', requestIds)
      .orderBy('id')
      .execute();
    const byRequest = Map.groupBy(rows, ({ requestId }) => requestId);
    return new Map(
      byRequest
        .entries()
        .map(([id, found]) => [id, found.map((row) => ({ by: partyFrom(row), text: row.text, at: row.at }))]),
    );
  },
});
