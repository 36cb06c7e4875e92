import { sql } from 'kysely';
import type { Generated, Selectable } from 'kysely';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { insertRow } from './insert-row.ts';
import { outboxSweeps } from './outbox-sweeps.ts';

export interface OutboxRow {
  readonly id: Generated<number>;
  readonly topic: string;
  readonly lane: string;
  readonly payload: string;
  readonly attempts: number;
  readonly runAt: number;
  readonly createdAt: number;
  readonly holder: string | null;
  readonly heldUntil: number;
  readonly lastError: string | null;
  readonly deadAt: number | null;
}

/** Work that follows a saved change: at least once, in order within its lane. */
export interface Job<Payload> {
  readonly id: number;
  readonly topic: string;
  readonly lane: string;
  readonly payload: Payload;
  /** How often it was taken, this time included. */
  readonly attempts: number;
  readonly createdAt: number;
}

/** Jobs of one lane run one after the other; name a lane of its own for a job that waits for nobody. */
export interface NewJob {
  readonly topic: string;
  readonly lane: string;
  readonly payload: unknown;
  readonly at: number;
}

const jobFrom = <Payload>(row: Selectable<OutboxRow>): Job<Payload> => ({
  id: row.id,
  topic: row.topic,
  lane: row.lane,
  payload: JSON.parse(row.payload) as Payload,
  attempts: row.attempts,
  createdAt: row.createdAt,
});

export const outbox = (db: Queries) => ({
  ...outboxSweeps(db),
  /** In the same transaction as the change that it follows. */
  add: async ({ topic, lane, payload, at }: NewJob): Promise<void> => {
    await insertRow(db, 'outbox', {
      topic,
      lane,
      payload: JSON.stringify(payload),
      attempts: 0,
      runAt: at,
      createdAt: at,
      holder: null,
      heldUntil: 0,
      lastError: null,
      deadAt: null,
    });
  },
  /** Takes due jobs, each for one holder until `until`: the first of every lane only. */
  take: async <Payload>(
    topics: readonly string[],
    holder: string,
    time: { readonly now: number; readonly until: number; readonly limit: number },
  ): Promise<readonly Job<Payload>[]> => {
    const free = sql<boolean>`dead_at is null and run_at <= ${time.now} and held_until <= ${time.now}`;
    const rows = await db
      .updateTable('outbox')
      .set((eb) => ({ holder, heldUntil: time.until, attempts: eb('attempts', '+', 1) }))
      // Asked again of the row itself: on PostgreSQL another server may have taken it since the inner question.
      .where(free)
      .where((eb) =>
        eb(
          'id',
          'in',
          eb
            .selectFrom('outbox')
            .select('id')
            .where('topic', 'in', topics)
            .where(free)
            .where(
              sql<boolean>`not exists (select 1 from outbox as before
                where before.lane = outbox.lane and before.id < outbox.id and before.dead_at is null)`,
            )
            .orderBy('runAt')
            .orderBy('id')
            .limit(time.limit),
        ),
      )
      .returningAll()
      .execute();
    return rows.map((row) => jobFrom<Payload>(row)).toSorted((a, b) => a.id - b.id);
  },
  /** Takes the oldest jobs of a topic out for good: for work that is done in the same transaction. */
  drain: async <Payload>(topic: string, limit: number): Promise<readonly Job<Payload>[]> => {
    const rows = await db
      .deleteFrom('outbox')
      .where('id', 'in', (eb) =>
        eb.selectFrom('outbox').select('id').where('topic', '=', topic).orderBy('id').limit(limit),
      )
      .returningAll()
      .execute();
    return rows.map((row) => jobFrom<Payload>(row)).toSorted((a, b) => a.id - b.id);
  },
  /** False: it took too long and somebody else has the job now. */
  done: async (id: number, holder: string): Promise<boolean> =>
    changedOne(
      await db
        .deleteFrom('outbox')
        .where('id', '=', id)
        .where('holder', '=', holder)
        .executeTakeFirstOrThrow(),
    ),
  /** To be tried again at `runAt`; without it the job is given up and kept for people to look at. */
  failed: async (
    id: number,
    holder: string,
    outcome: { readonly error: string; readonly now: number; readonly runAt: number | undefined },
  ): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('outbox')
        .set({
          holder: null,
          heldUntil: 0,
          lastError: outcome.error,
          ...(outcome.runAt === undefined ? { deadAt: outcome.now } : { runAt: outcome.runAt }),
        })
        .where('id', '=', id)
        .where('holder', '=', holder)
        .executeTakeFirstOrThrow(),
    ),
});
