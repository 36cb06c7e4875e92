import { sql } from 'kysely';
import type { Queries } from './database.ts';

/** What is asked of many jobs of the outbox, or done to them, at once. */
export const outboxSweeps = (db: Queries) => ({
  /** Makes everything that waits in a lane due now; how many there are. */
  hurry: async (lane: string, now: number): Promise<number> => {
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ runAt: now })
      .where('lane', '=', lane)
      .where('deadAt', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  },
  /** Drops what a lane holds, given up or not, and what the lanes `LANE/…` do. */
  drop: async (lane: string): Promise<void> => {
    const below = `${lane}/`;
    await db
      .deleteFrom('outbox')
      .where((eb) =>
        eb.or([eb('lane', '=', lane), sql<boolean>`substr(lane, 1, ${below.length}) = ${below}`]),
      )
      .execute();
  },
  /** Drops the jobs of a lane with this payload. */
  dropJob: async (lane: string, payload: unknown): Promise<void> => {
    await db
      .deleteFrom('outbox')
      .where('lane', '=', lane)
      .where('payload', '=', JSON.stringify(payload))
      .execute();
  },
  /** Forgets jobs that were given up before this time. */
  forget: async (before: number): Promise<void> => {
    await db.deleteFrom('outbox').where('deadAt', '<', before).execute();
  },
  /** True when something of this topic is due that nobody holds. */
  due: async (topic: string, now: number): Promise<boolean> =>
    (await db
      .selectFrom('outbox')
      .select('id')
      .where('topic', '=', topic)
      .where('deadAt', 'is', null)
      .where('runAt', '<=', now)
      .where('heldUntil', '<=', now)
      .limit(1)
      .executeTakeFirst()) !== undefined,
  /** True while a job of this topic waits. */
  holds: async (topic: string): Promise<boolean> =>
    (await db
      .selectFrom('outbox')
      .select('id')
      .where('topic', '=', topic)
      .where('deadAt', 'is', null)
      .limit(1)
      .executeTakeFirst()) !== undefined,
  /** Waiting, and given up: for metrics and health. */
  counts: async (): Promise<{ readonly waiting: number; readonly dead: number }> =>
    db
      .selectFrom('outbox')
      .select([
        sql<number>`count(case when dead_at is null then 1 end)`.as('waiting'),
        sql<number>`count(dead_at)`.as('dead'),
      ])
      .executeTakeFirstOrThrow(),
});
