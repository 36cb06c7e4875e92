import type { ReleaseChange } from '../domain/plan/release-change.ts';
import type { Queries } from './database.ts';
import { insertRow } from './insert-row.ts';

export interface RequestChangesRow {
  readonly requestId: string;
  readonly changes: string;
}

/** What releases are to write. Lists do without it. */
export const requestChanges = (db: Queries) => ({
  add: async (requestId: string, changes: readonly ReleaseChange[]): Promise<void> => {
    await insertRow(db, 'requestChanges', { requestId, changes: JSON.stringify(changes) });
  },
  of: async (ids: readonly string[]): Promise<ReadonlyMap<string, readonly ReleaseChange[]>> => {
    const rows = await db.selectFrom('requestChanges').selectAll().where('requestId', 'in', ids).execute();
    return new Map(rows.map(({ requestId, changes }) => [requestId, changesFrom(changes)]));
  },
});

/** JSON leaves absent members out; a change has every one of them. */
const changesFrom = (text: string): readonly ReleaseChange[] =>
  (JSON.parse(text) as readonly ReleaseChange[]).map((change) =>
    change.kind === 'field' ? { ...change, service: change.service } : { ...change, text: change.text },
  );
