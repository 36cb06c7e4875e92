import { Refusal } from '../domain/refusal/refusal.ts';

/** What a failed statement means to the code above it. */
export type DatabaseFault = 'duplicate' | 'again' | 'unavailable' | 'bug';

// SQLite's primary result codes: busy, locked, no memory, read-only, interrupted, I/O error, corrupt, full, cannot open.
const sqliteUnavailable = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14]);
const sqliteDuplicate = new Set([1555, 2067, 2579]);
// PostgreSQL's classes: connection, resources, operator intervention, system error, not in this state (lock timeout).
const postgresUnavailable = /^(08|53|57|58|55|25006|25P03)/;
const lostConnection =
  /ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT|EHOSTUNREACH|Connection terminated|connection error|timeout/i;

/** Sorts an error of either database. Refusals and mistakes in our own code are `bug`: nothing to translate. */
export function faultOf(error: unknown): DatabaseFault {
  if (error instanceof Refusal) return error.code === 'database_failed' ? faultOf(error.cause) : 'bug';
  if (!(error instanceof Error)) return 'bug';
  if ('errcode' in error && typeof error.errcode === 'number') {
    if (sqliteDuplicate.has(error.errcode)) return 'duplicate';
    return sqliteUnavailable.has(error.errcode % 256) ? 'unavailable' : 'bug';
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === '23505') return 'duplicate';
  // Serialization failure and deadlock: nothing was saved, and the same again succeeds.
  if (code === '40001' || code === '40P01') return 'again';
  const away = postgresUnavailable.test(code) || lostConnection.test(`${code} ${error.message}`);
  return away ? 'unavailable' : 'bug';
}

/** True when a UNIQUE rule stopped the statement: somebody else's row is already there. */
export const isDuplicate = (error: unknown): boolean => faultOf(error) === 'duplicate';

/** The error to show for a failed statement: `database_failed` when it is the database's, else the error itself. */
export function shownError(error: unknown): unknown {
  const fault = error instanceof Refusal ? 'bug' : faultOf(error);
  if (fault !== 'unavailable' && fault !== 'again') return error;
  const refusal = new Refusal('database_failed', { reason: reasonOf(error) });
  refusal.cause = error;
  return refusal;
}

/** The error's own words on one line. PostgreSQL answers several addresses with one empty message and a list. */
export function reasonOf(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const text = inner instanceof Error ? inner.message : String(inner);
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}
