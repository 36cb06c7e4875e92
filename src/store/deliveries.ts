import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import type { DeliveryRow } from './webhooks.ts';

/** One event on its way to one webhook. The id is what receivers tell repetitions by. */
export interface Delivery {
  readonly id: string;
  readonly webhookId: string;
  readonly event: string;
  readonly payload: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** The HTTP status of the last answer, and its beginning. */
  readonly status: number | undefined;
  readonly answer: string | undefined;
  readonly createdAt: number;
  readonly finishedAt: number | undefined;
}

const deliveryFrom = (row: DeliveryRow): Delivery => ({
  ...row,
  status: row.status ?? undefined,
  answer: row.answer ?? undefined,
  finishedAt: row.finishedAt ?? undefined,
});

/** The log of what was sent to webhooks. */
export const deliveries = (db: Queries) => ({
  add: async (
    delivery: Pick<Delivery, 'id' | 'webhookId' | 'event' | 'payload' | 'createdAt'>,
  ): Promise<void> => {
    const none = { attempts: 0, status: null, answer: null, finishedAt: null };
    await db
      .insertInto('deliveries')
      .values({ ...delivery, ...none, state: 'pending' })
      .execute();
  },
  get: async (id: string): Promise<Delivery | undefined> => {
    const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
    return row && deliveryFrom(row);
  },
  /** Newest first. */
  of: async (
    webhookId: string,
    page: { readonly before?: string | undefined; readonly limit: number },
  ): Promise<readonly Delivery[]> => {
    let query = db.selectFrom('deliveries').selectAll().where('webhookId', '=', webhookId);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    return (await query.orderBy('id', 'desc').limit(page.limit).execute()).map(deliveryFrom);
  },
  /** Writes down one attempt. `state` stays pending while more will follow. */
  tried: async (
    id: string,
    attempt: Pick<Delivery, 'state' | 'status' | 'answer' | 'finishedAt'>,
  ): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('deliveries')
        .set((eb) => ({
          state: attempt.state,
          status: attempt.status ?? null,
          answer: attempt.answer ?? null,
          finishedAt: attempt.finishedAt ?? null,
          attempts: eb('attempts', '+', 1),
        }))
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    ),
  forget: async (before: number): Promise<void> => {
    await db.deleteFrom('deliveries').where('createdAt', '<', before).execute();
  },
});
