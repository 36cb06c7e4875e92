import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Database, DatabaseKind } from './database.ts';
import { faultOf, shownError } from './database-error.ts';
import { groupCommit } from './group-commit.ts';

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
  // One of the pool's connections at most waits for other servers; the rest stay free for readers.
  const save = groupCommit((work) => withRetries(() => runOnce(db, kind, work)));
  return (work) => {
    refuseInsideTransaction();
    return save((transaction) => inside.run(true, () => work(transaction)));
  };
}

async function withRetries(run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (faultOf(error) !== 'again' || attempt === attempts) throw shownError(error);
      await setTimeout(5 * 2 ** attempt);
    }
  }
}

async function runOnce(
  db: Kysely<Database>,
  kind: DatabaseKind,
  work: (transaction: Transaction<Database>) => Promise<void>,
): Promise<void> {
  const moment = { committing: false };
  try {
    await db.transaction().execute(async (transaction) => {
      // Read committed, PostgreSQL's default: every statement after this one sees what the turn before it left.
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${writers})`.execute(transaction);
      await work(transaction);
      moment.committing = true;
    });
  } catch (error) {
    // SQLite says in the same process whether it committed. A lost PostgreSQL connection says nothing.
    if (moment.committing && kind === 'postgres' && faultOf(error) === 'unavailable') {
      throw Object.assign(new Refusal('outcome_unknown'), { cause: error });
    }
    throw error;
  }
}
