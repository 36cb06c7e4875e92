import type { Hold, HoldReturn } from '../domain/hold/hold.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { partyIn } from './party-columns.ts';
import { prepared } from './prepared.ts';

export interface HoldRow {
  readonly id: string;
  readonly projectId: string;
  readonly tenant: string;
  readonly environment: string;
  readonly service: string | null;
  readonly file: string;
  readonly address: string;
  readonly field: string;
  readonly value: string;
  readonly requestId: string;
  readonly gitCommit: string;
  readonly setAt: number;
  readonly expiresAt: number;
  readonly returned: string | null;
  readonly liftedAt: number | null;
  readonly liftedBy: string | null;
  readonly liftReason: string | null;
}

const holdFrom = ({ gitCommit, liftedAt, liftedBy, liftReason, ...row }: HoldRow): Hold => ({
  ...row,
  service: row.service ?? undefined,
  value: JSON.parse(row.value) as Hold['value'],
  commit: gitCommit,
  returned: row.returned === null ? undefined : returnIn(row.returned),
  lifted:
    liftedAt === null || liftedBy === null
      ? undefined
      : { at: liftedAt, by: partyIn(liftedBy), reason: liftReason ?? '' },
});

const returnIn = (text: string): HoldReturn => {
  const found = JSON.parse(text) as HoldReturn;
  return { ...found, bot: found.bot };
};

const rowOf = ({ commit, lifted, returned, ...hold }: Hold): HoldRow => ({
  ...hold,
  service: hold.service ?? null,
  value: JSON.stringify(hold.value),
  gitCommit: commit,
  returned: returned ? JSON.stringify(returned) : null,
  liftedAt: lifted?.at ?? null,
  liftedBy: lifted ? JSON.stringify(lifted.by) : null,
  liftReason: lifted?.reason ?? null,
});

const addOnce = prepared<HoldRow>((db, value) =>
  db
    .insertInto('holds')
    .values({
      id: value('id'),
      projectId: value('projectId'),
      tenant: value('tenant'),
      environment: value('environment'),
      service: value('service'),
      file: value('file'),
      address: value('address'),
      field: value('field'),
      value: value('value'),
      requestId: value('requestId'),
      gitCommit: value('gitCommit'),
      setAt: value('setAt'),
      expiresAt: value('expiresAt'),
      returned: value('returned'),
      liftedAt: value('liftedAt'),
      liftedBy: value('liftedBy'),
      liftReason: value('liftReason'),
    })
    .onConflict((conflict) => conflict.columns(['requestId', 'address']).doNothing())
    .compile(),
);

/** The usual rollback takes one version away. */
const few = 4;
/** A statement of SQLite has 32,766 values at most. */
const batch = 500;

const addMany = async (db: Queries, all: readonly Hold[]): Promise<void> => {
  await db
    .insertInto('holds')
    .values(all.map(rowOf))
    .onConflict((conflict) => conflict.columns(['requestId', 'address']).doNothing())
    .execute();
};

type Lift = NonNullable<Hold['lifted']>;

/** Values that may not come back. */
export const holds = (db: Queries) => ({
  /** Told twice of the same rollback, it knows them already. */
  add: async (all: readonly Hold[]): Promise<void> => {
    if (all.length <= few) for (const hold of all) await addOnce(db, rowOf(hold));
    else for (let at = 0; at < all.length; at += batch) await addMany(db, all.slice(at, at + batch));
  },
  get: async (id: string): Promise<Hold | undefined> => {
    const row = await db.selectFrom('holds').selectAll().where('id', '=', id).executeTakeFirst();
    return row && holdFrom(row);
  },
  /** Those that stop something at this moment, oldest first. */
  inForce: async (projectId: string, now: number): Promise<readonly Hold[]> => {
    const rows = await db
      .selectFrom('holds')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('expiresAt', '>', now)
      .where('liftedAt', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(holdFrom);
  },
  /** Newest first: those that stop something at a moment, or whatever became of them. */
  list: async (
    projectId: string,
    page: {
      readonly before?: string | undefined;
      readonly limit: number;
      readonly inForceAt?: number | undefined;
    },
  ): Promise<readonly Hold[]> => {
    let query = db.selectFrom('holds').selectAll().where('projectId', '=', projectId);
    if (page.inForceAt !== undefined)
      query = query.where('expiresAt', '>', page.inForceAt).where('liftedAt', 'is', null);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    return (await query.orderBy('id', 'desc').limit(page.limit).execute()).map(holdFrom);
  },
  /** Who brought the value back, or that it is gone again. */
  setReturned: async (id: string, returned: HoldReturn | undefined): Promise<void> => {
    await db
      .updateTable('holds')
      .set({ returned: returned ? JSON.stringify(returned) : null })
      .where('id', '=', id)
      .execute();
  },
  /** False when it is lifted already. */
  lift: async (id: string, { at, by, reason }: Lift): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('holds')
        .set({ liftedAt: at, liftedBy: JSON.stringify(by), liftReason: reason })
        .where('id', '=', id)
        .where('liftedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  /** Those that a rollback set and that nobody has lifted, by its commit. */
  ofCommit: async (projectId: string, commit: string): Promise<readonly Hold[]> => {
    const rows = await db
      .selectFrom('holds')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('gitCommit', '=', commit)
      .where('liftedAt', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(holdFrom);
  },
});
