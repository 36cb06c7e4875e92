import { sql } from 'kysely';
import type { Party } from '../domain/people/actor.ts';
import type { BreakGlassReview, BreakGlassSession } from '../domain/policy/break-glass.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { partyIn } from './party-columns.ts';
import { remembered } from './prepared.ts';

export interface BreakGlassRow {
  readonly id: string;
  readonly projectId: string;
  readonly personId: string;
  readonly openedBy: string;
  readonly justification: string;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
  readonly revokedBy: string | null;
  readonly reviewedAt: number | null;
  readonly review: string | null;
}
export interface BreakGlassUseRow {
  readonly sessionId: string;
  readonly requestId: string;
  readonly at: number;
}

const sessionFrom = (row: BreakGlassRow, requestIds: readonly string[]): BreakGlassSession => ({
  id: row.id,
  projectId: row.projectId,
  by: partyIn(row.openedBy),
  justification: row.justification,
  openedAt: row.openedAt,
  expiresAt: row.expiresAt,
  revokedAt: row.revokedAt ?? undefined,
  revokedBy: row.revokedBy === null ? undefined : partyIn(row.revokedBy),
  requestIds,
  review: reviewIn(row.review),
});

const reviewIn = (text: string | null): BreakGlassReview | undefined => {
  if (text === null) return undefined;
  const review = JSON.parse(text) as BreakGlassReview;
  return { ...review, by: { ...review.by, email: review.by.email } };
};

interface OfPerson {
  readonly projectId: string;
  readonly personId: string;
  readonly limit: number;
}

const newestOfPerson = remembered<OfPerson, BreakGlassRow>(['break_glass_sessions'], (db, value) =>
  db
    .selectFrom('breakGlassSessions')
    .selectAll()
    .where('personId', '=', value('personId'))
    .where('projectId', '=', value('projectId'))
    .orderBy('openedAt', 'desc')
    .limit(value('limit'))
    .compile(),
);

/** Break-glass sessions, what they were used for, and the reviews that they owe. */
export const breakGlass = (db: Queries) => ({
  add: async (session: BreakGlassSession): Promise<void> => {
    const { id, projectId, by, justification, openedAt, expiresAt } = session;
    const none = { revokedAt: null, revokedBy: null, reviewedAt: null, review: null };
    const opened = { openedBy: JSON.stringify(by), personId: by.personId, openedAt, expiresAt };
    await db
      .insertInto('breakGlassSessions')
      .values({ id, projectId, justification, ...opened, ...none })
      .execute();
  },
  get: async (id: string): Promise<BreakGlassSession | undefined> => {
    const row = await db.selectFrom('breakGlassSessions').selectAll().where('id', '=', id).executeTakeFirst();
    return row && (await withUses(db, [row]))[0];
  },
  /** A person's sessions in one project, newest first: the one in force, its end, what they still owe. */
  ofPerson: async (projectId: string, personId: string, limit = 50): Promise<readonly BreakGlassSession[]> =>
    withUses(db, await newestOfPerson(db, { projectId, personId, limit })),
  /** The same in all projects: what somebody owes in one counts in every one. */
  ofPersonAnywhere: async (personId: string, limit = 200): Promise<readonly BreakGlassSession[]> =>
    withUses(
      db,
      await db
        .selectFrom('breakGlassSessions')
        .selectAll()
        .where('personId', '=', personId)
        .orderBy('openedAt', 'desc')
        .limit(limit)
        .execute(),
    ),
  /** Newest first; `owed` keeps those that wait for their review. */
  list: async (
    projectId: string,
    page: { readonly before?: string | undefined; readonly limit: number; readonly owed?: boolean },
  ): Promise<readonly BreakGlassSession[]> => {
    let query = db.selectFrom('breakGlassSessions').selectAll().where('projectId', '=', projectId);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    if (page.owed) query = query.where('reviewedAt', 'is', null);
    return withUses(db, await query.orderBy('id', 'desc').limit(page.limit).execute());
  },
  /** Those that nobody has reviewed yet, in these projects, newest first: the open ones are among them. */
  unreviewed: async (
    projectIds: readonly string[],
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly BreakGlassSession[]> => {
    if (projectIds.length === 0) return [];
    let query = db
      .selectFrom('breakGlassSessions')
      .selectAll()
      .where('reviewedAt', 'is', null)
      .where('projectId', 'in', [...projectIds]);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    return withUses(db, await query.orderBy('id', 'desc').limit(page.limit).execute());
  },
  /** False when it is revoked already. */
  revoke: async (id: string, by: Party, at: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('breakGlassSessions')
        .set({ revokedAt: at, revokedBy: JSON.stringify(by) })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  /** False when it is reviewed already. */
  review: async (id: string, review: BreakGlassReview): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('breakGlassSessions')
        .set({ reviewedAt: review.at, review: JSON.stringify(review) })
        .where('id', '=', id)
        .where('reviewedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  /** Notes that a session bypassed the approval of a request. The second time says nothing new. */
  used: async (use: BreakGlassUseRow): Promise<void> => {
    await db
      .insertInto('breakGlassUses')
      .values(use)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  /** How many sessions a person has opened since then, in all projects. */
  countOf: async (personId: string, since: number): Promise<number> => {
    const { count } = await db
      .selectFrom('breakGlassSessions')
      .select(sql<number>`count(*)`.as('count'))
      .where('personId', '=', personId)
      .where('openedAt', '>=', since)
      .executeTakeFirstOrThrow();
    return count;
  },
});

async function withUses(db: Queries, rows: readonly BreakGlassRow[]): Promise<readonly BreakGlassSession[]> {
  if (rows.length === 0) return [];
  const uses = await db
    .selectFrom('breakGlassUses')
    .selectAll()
    .where(
      'sessionId',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at')
    .orderBy('requestId')
    .execute();
  const bySession = Map.groupBy(uses, ({ sessionId }) => sessionId);
  return rows.map((row) =>
    sessionFrom(
      row,
      (bySession.get(row.id) ?? []).map(({ requestId }) => requestId),
    ),
  );
}
