import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface IdempotencyRow {
  readonly client: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly reply: string | null;
  readonly startedAt: number;
  readonly expiresAt: number;
}

/** A reply as it went out, to be sent again word for word. */
export interface KeptReply {
  readonly status: number;
  readonly body: string;
}

/** What became of a key that a client sends: `started` means this call is the one that does the work. */
export type KeyAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'in_flight' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'finished'; readonly reply: KeptReply };

export interface IdempotentCall {
  /** Whose key it is: the account. Keys of different clients never meet. */
  readonly client: string;
  readonly key: string;
  /** A hash of method, path and body. */
  readonly fingerprint: string;
}

export const idempotencyKeys = (db: Queries) => ({
  /** A call in flight for longer than `staleBefore` died with its server; the next one takes it over. */
  start: async (
    call: IdempotentCall,
    time: { readonly now: number; readonly staleBefore: number; readonly expiresAt: number },
  ): Promise<KeyAnswer> => {
    const { client, key, fingerprint } = call;
    const { now: startedAt, expiresAt } = time;
    const started = await db
      .insertInto('idempotencyKeys')
      .values({ client, key, fingerprint, reply: null, startedAt, expiresAt })
      .onConflict((conflict) =>
        conflict
          .columns(['client', 'key'])
          .doUpdateSet({ fingerprint, reply: null, startedAt, expiresAt })
          .where((eb) =>
            eb.or([
              eb('idempotencyKeys.expiresAt', '<=', time.now),
              eb.and([
                eb('idempotencyKeys.reply', 'is', null),
                eb('idempotencyKeys.startedAt', '<', time.staleBefore),
                eb('idempotencyKeys.fingerprint', '=', fingerprint),
              ]),
            ]),
          ),
      )
      .returning('startedAt')
      .executeTakeFirst();
    if (started) return { kind: 'started' };
    const row = await db
      .selectFrom('idempotencyKeys')
      .select(['fingerprint', 'reply'])
      .where('client', '=', client)
      .where('key', '=', key)
      .executeTakeFirst();
    if (row && row.fingerprint !== fingerprint) return { kind: 'mismatch' };
    if (!row || row.reply === null) return { kind: 'in_flight' };
    return { kind: 'finished', reply: JSON.parse(row.reply) as KeptReply };
  },
  /** Saved in the transaction of the change itself, so that change and reply are there together or not at all. */
  finish: async ({ client, key, fingerprint }: IdempotentCall, reply: KeptReply): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('idempotencyKeys')
        .set({ reply: JSON.stringify(reply) })
        .where('client', '=', client)
        .where('key', '=', key)
        .where('fingerprint', '=', fingerprint)
        .where('reply', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  /** Gives the key free again: the call changed nothing and may be repeated. */
  abandon: async ({ client, key, fingerprint }: IdempotentCall): Promise<void> => {
    await db
      .deleteFrom('idempotencyKeys')
      .where('client', '=', client)
      .where('key', '=', key)
      .where('fingerprint', '=', fingerprint)
      .where('reply', 'is', null)
      .execute();
  },
  forget: async (now: number): Promise<void> => {
    await db.deleteFrom('idempotencyKeys').where('expiresAt', '<=', now).execute();
  },
});
