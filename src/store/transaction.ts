import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { Refusal } from '../domain/refusal.ts';
import { failPoint } from '../std/fail-point.ts';
import type { Database, DatabaseKind } from './database.ts';
import { faultOf, shownError } from './database-error.ts';
import { fairTurn } from './turn.ts';

/**
 * Runs `work` alone: no other transaction of any server is between its begin and its end, on either database. The
 * audit chain makes every state change follow the one before it in any case; waiting at the begin instead of the
 * append makes rules that read first and write then (a quorum, a policy) right without a lock of their own.
 */
export type RunTransaction = <T>(work: (transaction: Transaction<Database>) => Promise<T>) => Promise<T>;

/** The advisory lock that writers of one PostgreSQL database take turns on; the letters of "know". */
const writers = 0x6b6e6f77;
const attempts = 4;

/** A mistake in our code would wait for itself for ever: a store was used where its transaction was meant. */
const inside = new AsyncLocalStorage<true>();

export function refuseInsideTransaction(): void {
  if (inside.getStore()) throw new Error('inside tx(), use the store that tx() hands in');
}

export function transactions(db: Kysely<Database>, kind: DatabaseKind): RunTransaction {
  const turn = fairTurn();
  return async (work) => {
    refuseInsideTransaction();
    // One of the pool's connections at most waits for other servers; the rest stay free for readers.
    const end = await turn.take();
    try {
      return await withRetries(() => runOnce(db, kind, work));
    } finally {
      end();
    }
  };
}

async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (faultOf(error) !== 'again' || attempt === attempts) throw shownError(error);
      await setTimeout(5 * 2 ** attempt);
    }
  }
}

async function runOnce<T>(
  db: Kysely<Database>,
  kind: DatabaseKind,
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const moment = { committing: false };
  let result: T;
  try {
    result = await db.transaction().execute(async (transaction) => {
      // Read committed, PostgreSQL's default: every statement after this one sees what the turn before it left.
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${writers})`.execute(transaction);
      const value = await inside.run(true, () => work(transaction));
      await failPoint('store.commit.before');
      moment.committing = true;
      return value;
    });
  } catch (error) {
    // SQLite says in the same process whether it committed. A lost PostgreSQL connection says nothing.
    if (moment.committing && kind === 'postgres' && faultOf(error) === 'unavailable') {
      throw Object.assign(new Refusal('outcome_unknown'), { cause: error });
    }
    throw error;
  }
  await failPoint('store.commit.after');
  return result;
}
