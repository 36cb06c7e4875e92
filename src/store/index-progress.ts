import type { Queries } from './database.ts';
import { prepared } from './prepared.ts';

export interface IndexProgressRow {
  readonly projectId: string;
  readonly head: string;
  readonly newest: number;
  readonly oldest: number;
  readonly complete: number;
  readonly error: string | null;
  readonly updatedAt: number;
}

/** How far the history index of a project is. It is filled newest first. */
export interface IndexProgress {
  /** The revision up to which everything newer is in. */
  readonly head: string;
  /** Positions of the newest and the oldest commit that are in; all between them are too. */
  readonly newest: number;
  readonly oldest: number;
  /** The root is reached. */
  readonly complete: boolean;
  readonly error: string | undefined;
  readonly updatedAt: number;
}

const ofProject = prepared<{ readonly projectId: string }, Omit<IndexProgressRow, 'projectId'>>((db, value) =>
  db
    .selectFrom('indexProgress')
    .select(['head', 'newest', 'oldest', 'complete', 'error', 'updatedAt'])
    .where('projectId', '=', value('projectId'))
    .compile(),
);

const put = prepared<IndexProgressRow>((db, value) => {
  const row = {
    head: value('head'),
    newest: value('newest'),
    oldest: value('oldest'),
    complete: value('complete'),
    error: value('error'),
    updatedAt: value('updatedAt'),
  };
  return db
    .insertInto('indexProgress')
    .values({ projectId: value('projectId'), ...row })
    .onConflict((conflict) => conflict.column('projectId').doUpdateSet(row))
    .compile();
});

export const indexProgress = (db: Queries) => ({
  get: async (projectId: string): Promise<IndexProgress | undefined> => {
    const [row] = (await ofProject(db, { projectId })).rows;
    return row && { ...row, complete: row.complete === 1, error: row.error ?? undefined };
  },
  /** In the same transaction as the batch that it speaks of. */
  set: async (projectId: string, progress: IndexProgress): Promise<void> => {
    const row = { ...progress, complete: progress.complete ? 1 : 0, error: progress.error ?? null };
    await put(db, { projectId, ...row });
  },
  /** Forgets how far it is: the next scan starts anew. */
  clear: async (projectId: string): Promise<void> => {
    await db.deleteFrom('indexProgress').where('projectId', '=', projectId).execute();
  },
});
