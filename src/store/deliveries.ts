import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export type DeliveryState = 'pending' | 'delivered' | 'failed';

export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  readonly payload: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly status: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly triedAt: number | null;
  readonly nextAt: number | null;
}
export interface DeliveryAttemptRow {
  readonly deliveryId: string;
  readonly number: number;
  readonly at: number;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string;
}

/** One event on its way to one webhook. The id is what receivers tell repetitions by. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  /** The body, the same at each attempt. */
  readonly payload: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** The HTTP status of the last answer. */
  readonly status: number | undefined;
  readonly createdAt: number;
  readonly finishedAt: number | undefined;
  readonly triedAt: number | undefined;
  /** While it is pending: when it is due, at the earliest. */
  readonly nextAt: number | undefined;
}

/** One time that a delivery was sent, and what came of it. */
export interface DeliveryAttempt {
  readonly at: number;
  readonly milliseconds: number;
  readonly status: number | undefined;
  readonly error: string | undefined;
  /** The beginning of the answer. */
  readonly answer: string;
}

/** Where a delivery stands after an attempt: pending with a time, or at its end. */
export type AfterAttempt =
  | { readonly state: 'pending'; readonly nextAt: number }
  | { readonly state: 'delivered' | 'failed'; readonly finishedAt: number };

const deliveryFrom = (row: DeliveryRow): Delivery => ({
  ...row,
  status: row.status ?? undefined,
  finishedAt: row.finishedAt ?? undefined,
  triedAt: row.triedAt ?? undefined,
  nextAt: row.nextAt ?? undefined,
});

const attemptFrom = ({ at, milliseconds, status, error, answer }: DeliveryAttemptRow): DeliveryAttempt => ({
  at,
  milliseconds,
  status: status ?? undefined,
  error: error ?? undefined,
  answer,
});

/** The log of what was sent to webhooks. */
export const deliveries = (db: Queries) => ({
  add: async (
    delivery: Pick<Delivery, 'id' | 'webhookId' | 'event' | 'payload' | 'createdAt'>,
  ): Promise<void> => {
    const none = { attempts: 0, status: null, finishedAt: null, triedAt: null };
    await db
      .insertInto('deliveries')
      .values({ ...delivery, ...none, state: 'pending', nextAt: delivery.createdAt })
      .execute();
  },
  get: async (id: string): Promise<Delivery | undefined> => {
    const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
    return row && deliveryFrom(row);
  },
  /** Newest first. */
  of: async (
    webhookId: string,
    page: {
      readonly state?: DeliveryState | undefined;
      readonly before?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly Delivery[]> => {
    let query = db.selectFrom('deliveries').selectAll().where('webhookId', '=', webhookId);
    if (page.state !== undefined) query = query.where('state', '=', page.state);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    return (await query.orderBy('id', 'desc').limit(page.limit).execute()).map(deliveryFrom);
  },
  /** The one that was tried last. */
  lastTried: async (webhookId: string): Promise<Delivery | undefined> => {
    const tried = db.selectFrom('deliveries').selectAll().where('webhookId', '=', webhookId);
    const row = await tried
      .where('triedAt', 'is not', null)
      .orderBy('triedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row && deliveryFrom(row);
  },
  /** Writes down one attempt and what follows from it. False: the delivery is gone. */
  tried: async (id: string, attempt: DeliveryAttempt, after: AfterAttempt): Promise<boolean> => {
    const { at, milliseconds, status = null, error = null, answer } = attempt;
    const changed = await db
      .updateTable('deliveries')
      .set((eb) => ({
        state: after.state,
        status,
        triedAt: at,
        nextAt: after.state === 'pending' ? after.nextAt : null,
        finishedAt: after.state === 'pending' ? null : after.finishedAt,
        attempts: eb('attempts', '+', 1),
      }))
      .where('id', '=', id)
      .returning('attempts')
      .executeTakeFirst();
    if (!changed) return false;
    const row = { deliveryId: id, number: changed.attempts, at, milliseconds, status, error, answer };
    await db.insertInto('deliveryAttempts').values(row).execute();
    return true;
  },
  /** Every attempt at these deliveries, oldest first. */
  attemptsAt: async (ids: readonly string[]): Promise<ReadonlyMap<string, readonly DeliveryAttempt[]>> => {
    if (ids.length === 0) return new Map();
    const rows = await db
      .selectFrom('deliveryAttempts')
      .selectAll()
      .where('deliveryId', 'in', ids)
      .orderBy('deliveryId')
      .orderBy('number')
      .execute();
    const byDelivery = Map.groupBy(rows, ({ deliveryId }) => deliveryId);
    return new Map([...byDelivery].map(([id, attempts]) => [id, attempts.map(attemptFrom)]));
  },
  /** It waits again, from now on. */
  reopen: async (id: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('deliveries')
        .set({ state: 'pending', nextAt: now, finishedAt: null })
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ),
  /** Gives up what still waits for this webhook; how many. */
  giveUp: async (webhookId: string, now: number): Promise<number> => {
    const { numUpdatedRows } = await db
      .updateTable('deliveries')
      .set({ state: 'failed', nextAt: null, finishedAt: now })
      .where('webhookId', '=', webhookId)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  },
  forget: async (before: number): Promise<void> => {
    await db.deleteFrom('deliveries').where('createdAt', '<', before).execute();
  },
});
