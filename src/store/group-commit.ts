import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { failPoint } from '../std/fail-point.ts';
import type { Database } from './database.ts';
import { faultOf } from './database-error.ts';

/** A change that waits for its turn. It is told how it ended only when the disk knows, too. */
interface Member {
  /** Throws what ends the whole group; what is the member's own it keeps, and leaves nothing of itself behind. */
  readonly run: (transaction: Transaction<Database>, alone: boolean) => Promise<void>;
  /** The group is on the disk. */
  readonly saved: () => Promise<void>;
  /** Nothing of the group is. */
  readonly lost: (error: unknown) => void;
}

/** Runs a whole group as one transaction of the database: all members in their order, then one commit. */
export type RunGroup = (work: (transaction: Transaction<Database>) => Promise<void>) => Promise<void>;

/** Changes that one commit saves at most: those behind wait no longer than it takes to make so many. */
const mostAtOnce = 64;

/**
 * Saves changes in the order in which they come, all that wait together by one commit: a sync of the disk costs more
 * than the changes do. Each is a savepoint, so one that fails takes back itself and no other.
 */
export function groupCommit(runGroup: RunGroup) {
  const waiting: Member[] = [];
  let busy = false;
  const saveWaiting = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      // Whoever was woken by the same event of the machine comes along.
      await setImmediate();
      await saveGroup(runGroup, waiting.splice(0, mostAtOnce));
    }
    busy = false;
  };
  return <T>(work: (transaction: Transaction<Database>) => Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    waiting.push(memberOf(work, { resolve, reject }));
    if (!busy) void saveWaiting();
    return promise;
  };
}

async function saveGroup(runGroup: RunGroup, group: readonly Member[]): Promise<void> {
  try {
    await runGroup(async (transaction) => {
      for (const member of group) await member.run(transaction, group.length === 1);
    });
  } catch (error) {
    for (const member of group) member.lost(error);
    return;
  }
  for (const member of group) await member.saved();
}

interface Asking<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

function memberOf<T>(
  work: (transaction: Transaction<Database>) => Promise<T>,
  { resolve, reject }: Asking<T>,
): Member {
  let outcome: Outcome<T> | undefined;
  const attempt = async (transaction: Transaction<Database>): Promise<Outcome<T>> => {
    const value = await work(transaction);
    await failPoint('store.commit.before');
    return { value };
  };
  return {
    run: async (transaction, alone) => {
      outcome = alone ? await attempt(transaction) : await inSavepoint(transaction, attempt);
    },
    saved: async () => {
      // A refusal may rest on what members before it have done, so it is told no sooner than their success.
      if (outcome === undefined || 'error' in outcome) return reject(outcome?.error);
      const { value } = outcome;
      await failPoint('store.commit.after').then(() => resolve(value), reject);
    },
    lost: reject,
  };
}

async function inSavepoint<T>(
  transaction: Transaction<Database>,
  attempt: (transaction: Transaction<Database>) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  await sql`savepoint member`.execute(transaction);
  try {
    const outcome = await attempt(transaction);
    await sql`release savepoint member`.execute(transaction);
    return outcome;
  } catch (error) {
    const fault = faultOf(error);
    // A database that is away, or wants everything again, ends the group; so does one that has ended it itself, which
    // has no savepoint to go back to any more.
    if (fault === 'again' || fault === 'unavailable') throw error;
    await sql`rollback to savepoint member`.execute(transaction);
    await sql`release savepoint member`.execute(transaction);
    return { error };
  }
}
