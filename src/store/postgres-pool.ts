import { Pool, types } from 'pg';
import { Refusal } from '../domain/refusal/refusal.ts';
import { reasonOf } from './database-error.ts';

// count(*) and BIGINT come as text, because they may be larger than a JavaScript number. Ours are times and counts.
const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not a safe integer`);
  return value;
};
const bigint = 20;

/**
 * A pool for `postgres://…`. A statement or a lock that takes too long ends by itself, and so does a transaction whose
 * server was suspended in the middle: the others do not wait for it for ever.
 */
export function postgresPool(url: string, connections: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    application_name: 'knowngood',
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    lock_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === bigint ? integer : (types.getTypeParser(oid, format) as (text: string) => unknown),
    },
  });
  // A connection that breaks says so to its next statement. Without a listener, one that breaks while idle, or
  // between two statements of a transaction, would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const settings: Readonly<Record<string, { readonly holds: RegExp; readonly expected: string }>> = {
  fsync: { holds: /^on$/, expected: 'on' },
  full_page_writes: { holds: /^on$/, expected: 'on' },
  synchronous_commit: { holds: /^(on|local|remote_write|remote_apply)$/, expected: 'on' },
  server_encoding: { holds: /^UTF8$/, expected: 'UTF8' },
};

/**
 * Throws `database_unreachable` when the server does not answer, and `database_unsafe` when a commit would not be on
 * disk when it is acknowledged. `database` is the name to show.
 */
export async function provePostgres(pool: Pool, database: string): Promise<void> {
  const names = Object.keys(settings);
  const { rows } = await pool
    .query<{ name: string; actual: string }>(
      'select name, current_setting(name) as actual from unnest($1::text[]) as name',
      [names],
    )
    .catch((error: unknown) => {
      throw new Refusal('database_unreachable', { database, reason: reasonOf(error) });
    });
  for (const { name, actual } of rows) {
    const rule = settings[name];
    if (rule && !rule.holds.test(actual))
      throw new Refusal('database_unsafe', {
        path: database,
        setting: name,
        actual,
        expected: rule.expected,
      });
  }
}
