import { sql } from 'kysely';
import type { Request } from '../domain/request/request.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';
import { insertRow } from './insert-row.ts';
import { type MoveFrom, type MoveTo, moveRequest } from './move-request.ts';
import { notes } from './notes.ts';
import { prepared } from './prepared.ts';
import { requestChanges } from './request-changes.ts';
import { type OpenPlace, listRequests, openPlaces, openRequests } from './request-list.ts';
import type { OpenRequest, RequestFilter, RequestPage } from './request-list.ts';
import { requestFrom, requestRow } from './request-rows.ts';
import type { RequestRow, StoredRequest } from './request-rows.ts';
import { reviews } from './reviews.ts';
import { type CompletedIn, countRollbacks, countRollbacksEach, rollbackEnds } from './rollback-counts.ts';

interface Planned {
  readonly id: string;
  readonly epoch: number;
  readonly commit: string;
  readonly parent: string;
  /** Null: what was known about a freeze before stays. */
  readonly duringFreeze: string | null;
}

const byId = prepared<{ readonly id: string }, RequestRow>((db, value) =>
  db.selectFrom('requests').selectAll().where('id', '=', value('id')).compile(),
);

const setPlanned = prepared<Planned>((db, value) =>
  db
    .updateTable('requests')
    .set((column) => ({
      plannedCommit: value('commit'),
      expectedParent: value('parent'),
      duringFreeze: column.fn.coalesce(column.val(value('duringFreeze')), column.ref('duringFreeze')),
    }))
    .where('id', '=', value('id'))
    .where('state', '=', 'executing')
    .where('epoch', '=', value('epoch'))
    .compile(),
);

/** One request, from submit to its end, moved only by comparing state and epoch first. */
export const requests = (db: Queries) => ({
  /** `paths` are those the plan changes: other requests are compared with them. The epoch starts at 1. */
  add: async (request: Request, paths: readonly string[]): Promise<void> => {
    const { id: requestId, projectId } = request;
    await insertRow(db, 'requests', requestRow(request, paths));
    for (const { tenant, environment } of request.scope.where)
      await insertRow(db, 'requestPlaces', { requestId, projectId, tenant, environment });
    const { changes } = request.scope;
    if (changes !== undefined) await requestChanges(db).add(requestId, changes);
  },
  get: async (id: string): Promise<StoredRequest | undefined> => {
    const [row] = (await byId(db, { id })).rows;
    return row && (await withWish(db, await withWords(db, [row])))[0];
  },
  /** By id; those that are not there are absent. */
  many: async (ids: readonly string[]): Promise<ReadonlyMap<string, StoredRequest>> => {
    const rows = await db.selectFrom('requests').selectAll().where('id', 'in', ids).execute();
    return new Map((await withWords(db, rows)).map((request) => [request.id, request]));
  },
  /** The new epoch, or undefined when the request was not in one of these states at this epoch any more. */
  move: (id: string, from: MoveFrom, to: MoveTo): Promise<number | undefined> =>
    moveRequest(db, { id, from, to }),
  /** Saves what the running attempt is about to publish, and in which freeze. False: this attempt was taken over. */
  plan: async (
    id: string,
    epoch: number,
    planned: {
      readonly commit: string;
      readonly parent: string;
      readonly duringFreeze?: string | undefined;
    },
  ): Promise<boolean> => {
    const duringFreeze = planned.duringFreeze ?? null;
    return (await setPlanned(db, { id, epoch, ...planned, duringFreeze })).numAffectedRows === 1n;
  },
  /** The commits of a project that completed requests say are on its branch. */
  completedCommits: async (projectId: string): Promise<readonly string[]> => {
    const rows = await db
      .selectFrom('requests')
      .select('commitSha')
      .where('projectId', '=', projectId)
      .where('state', '=', 'completed')
      .execute();
    return rows.flatMap(({ commitSha }) => (commitSha === null ? [] : [commitSha]));
  },
  /** The newest request that repeats this one. */
  resubmittedAs: async (id: string): Promise<string | undefined> => {
    const found = db.selectFrom('requests').select('id').where('resubmitOf', '=', id);
    return (await found.orderBy('submittedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst())?.id;
  },
  /** Those that an earlier process may have left in the middle. */
  executing: async (): Promise<readonly StoredRequest[]> =>
    withWish(
      db,
      await withWords(
        db,
        await db.selectFrom('requests').selectAll().where('state', '=', 'executing').orderBy('id').execute(),
      ),
    ),
  /** Pending and approved ones whose time is over, without what releases are to write. */
  expired: async (now: number, limit: number): Promise<readonly StoredRequest[]> =>
    withWords(
      db,
      await db
        .selectFrom('requests')
        .selectAll()
        .where('state', 'in', ['pending', 'approved'])
        .where('expiresAt', '<=', now)
        .orderBy('expiresAt')
        .limit(limit)
        .execute(),
    ),
  /** Newest first, without what releases are to write. */
  list: async (filter: RequestFilter, page: RequestPage): Promise<readonly StoredRequest[]> =>
    withWords(db, await listRequests(db, filter, page)),
  /** How many can still change something in each tenant-environment; one that reaches several counts in each. */
  openCounts: async (
    projectId: string,
  ): Promise<readonly (TenantEnvironment & { readonly requests: number })[]> =>
    db
      .selectFrom('requestPlaces')
      .innerJoin('requests', 'requests.id', 'requestPlaces.requestId')
      .select(['tenant', 'environment', sql<number>`count(*)`.as('requests')])
      .where('requests.projectId', '=', projectId)
      .where('closedAt', 'is', null)
      .groupBy(['tenant', 'environment'])
      .execute(),
  /** Every tenant-environment of every request that can still change something. */
  openPlaces: (projectId: string): Promise<readonly OpenPlace[]> => openPlaces(db, projectId),
  /** How many of a project can still change something. */
  countOpen: async (projectId: string): Promise<number> => {
    const { requests } = await db
      .selectFrom('requests')
      .select(sql<number>`count(*)`.as('requests'))
      .where('projectId', '=', projectId)
      .where('closedAt', 'is', null)
      .executeTakeFirstOrThrow();
    return requests;
  },
  /** How many rollbacks a place had; it stops counting at `most`. */
  rollbacksIn: (place: CompletedIn, most: number): Promise<number> => countRollbacks(db, place, { most }),
  /** The same for many places by one query, in their order. */
  rollbacksInEach: (places: readonly CompletedIn[], most: number): Promise<readonly number[]> =>
    countRollbacksEach(db, places, { most }),
  /** When the rollbacks among these requests were completed, by id; undos and all others are absent. */
  rollbackEnds: (ids: readonly string[]): Promise<ReadonlyMap<string, number>> => rollbackEnds(db, ids),
  /** Those of these tenant-environments that can still change something, oldest first. */
  openAt: (projectId: string, where: readonly TenantEnvironment[]): Promise<readonly OpenRequest[]> =>
    openRequests(db, projectId, where),
});

/** Adds what releases among them are to write. */
async function withWish(db: Queries, requests: readonly StoredRequest[]): Promise<readonly StoredRequest[]> {
  const releases = requests.filter(({ kind }) => kind === 'release').map(({ id }) => id);
  if (releases.length === 0) return requests;
  const found = await requestChanges(db).of(releases);
  return requests.map((request) => {
    const changes = found.get(request.id);
    return changes ? { ...request, scope: { ...request.scope, changes } } : request;
  });
}

/** Adds reviews and notes, for all rows in one query each. */
async function withWords(db: Queries, rows: readonly RequestRow[]): Promise<readonly StoredRequest[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const reviewsOf = await reviews(db).of(ids);
  const notesOf = await notes(db).of(ids);
  return rows.map((row) =>
    requestFrom(row, { reviews: reviewsOf.get(row.id) ?? [], notes: notesOf.get(row.id) ?? [] }),
  );
}
