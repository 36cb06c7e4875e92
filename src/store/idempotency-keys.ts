import type { AskedOnce } from '../domain/people/actor.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface IdempotencyRow {
  readonly client: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly reply: string | null;
  readonly startedAt: number;
  readonly expiresAt: number;
  readonly holder: string | null;
  readonly changed: number | null;
}

/** A reply as it went out, to be sent again word for word. */
export interface KeptReply {
  readonly status: number;
  readonly body: string;
}

/**
 * What became of a key that a client sends. `started`: this call is the one that does the work. `changed`: one before
 * it has, as the audit entry `seq` says, and was never heard of again; this call is the one that answers for it.
 */
export type KeyAnswer =
  | { readonly kind: 'started' }
  | { readonly kind: 'changed'; readonly seq: number }
  | { readonly kind: 'in_flight' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'finished'; readonly reply: KeptReply };

export interface IdempotentCall extends AskedOnce {
  /** A hash of method, path and body. */
  readonly fingerprint: string;
}

interface Time {
  readonly now: number;
  readonly staleBefore: number;
  readonly expiresAt: number;
}

export const idempotencyKeys = (db: Queries) => {
  const held = ({ client, key, holder }: AskedOnce) =>
    db
      .updateTable('idempotencyKeys')
      .where('client', '=', client)
      .where('key', '=', key)
      .where('holder', '=', holder)
      .where('reply', 'is', null);
  return {
    /** A call that nobody holds any more, or in flight for longer than `staleBefore`, is taken over by the next one. */
    start: async (call: IdempotentCall, time: Time): Promise<KeyAnswer> => {
      const taken = await take(db, call, time);
      if (taken)
        return taken.changed === null ? { kind: 'started' } : { kind: 'changed', seq: taken.changed };
      const row = await db
        .selectFrom('idempotencyKeys')
        .select(['fingerprint', 'reply'])
        .where('client', '=', call.client)
        .where('key', '=', call.key)
        .executeTakeFirst();
      if (row && row.fingerprint !== call.fingerprint) return { kind: 'mismatch' };
      if (!row || row.reply === null) return { kind: 'in_flight' };
      return { kind: 'finished', reply: JSON.parse(row.reply) as KeptReply };
    },
    /**
     * Notes, in the transaction of the change itself, the audit entry of the first change under a key. False when
     * another call has the key by now: then nothing may be changed.
     */
    changed: async (once: AskedOnce, seq: number): Promise<boolean> =>
      changedOne(
        await held(once)
          .set((eb) => ({ changed: eb.fn.coalesce('changed', eb.val(seq)) }))
          .executeTakeFirstOrThrow(),
      ),
    /** Keeps the reply. False when another call has the key by now. */
    finish: async (once: AskedOnce, reply: KeptReply): Promise<boolean> =>
      changedOne(
        await held(once)
          .set({ reply: JSON.stringify(reply), holder: null })
          .executeTakeFirstOrThrow(),
      ),
    /** Lets go of a key: it is free when nothing was changed; else `reply` is kept, or the next call finds one. */
    letGo: async (once: AskedOnce, reply?: KeptReply): Promise<void> => {
      await db
        .deleteFrom('idempotencyKeys')
        .where('client', '=', once.client)
        .where('key', '=', once.key)
        .where('holder', '=', once.holder)
        .where('reply', 'is', null)
        .where('changed', 'is', null)
        .execute();
      await held(once)
        .set({ holder: null, reply: reply ? JSON.stringify(reply) : null })
        .execute();
    },
    /** For a server that is alone and starts: whoever held keys is gone. */
    letGoAll: async (): Promise<void> => {
      await db.updateTable('idempotencyKeys').set({ holder: null }).where('holder', 'is not', null).execute();
    },
    forget: async (now: number): Promise<void> => {
      await db.deleteFrom('idempotencyKeys').where('expiresAt', '<=', now).execute();
    },
  };
};

/** One statement, so that of calls at once one has the key. An expired key is a new one, whatever it was for. */
const take = (
  db: Queries,
  { client, key, fingerprint, holder }: IdempotentCall,
  { now, staleBefore, expiresAt }: Time,
): Promise<{ readonly changed: number | null } | undefined> =>
  db
    .insertInto('idempotencyKeys')
    .values({ client, key, fingerprint, reply: null, startedAt: now, expiresAt, holder, changed: null })
    .onConflict((conflict) =>
      conflict
        .columns(['client', 'key'])
        .doUpdateSet((eb) => ({
          fingerprint,
          reply: null,
          startedAt: now,
          expiresAt,
          holder,
          changed: eb
            .case()
            .when('idempotencyKeys.expiresAt', '<=', now)
            .then(null)
            .else(eb.ref('idempotencyKeys.changed'))
            .end(),
        }))
        .where((eb) =>
          eb.or([
            eb('idempotencyKeys.expiresAt', '<=', now),
            eb.and([
              eb('idempotencyKeys.reply', 'is', null),
              eb('idempotencyKeys.fingerprint', '=', fingerprint),
              eb.or([
                eb('idempotencyKeys.holder', 'is', null),
                eb('idempotencyKeys.startedAt', '<', staleBefore),
              ]),
            ]),
          ]),
        ),
    )
    .returning('changed')
    .executeTakeFirst();
