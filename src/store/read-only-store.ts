import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Database, DatabaseKind } from './database.ts';
import { reasonOf } from './database-error.ts';
import { migrations } from './migrations/migrations.ts';
import { postgresPool } from './postgres-pool.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { sqlitePathOf } from './sqlite-path.ts';
import { type Tables, tables } from './tables.ts';
import { watchedDialect } from './watched-dialect.ts';

/** The tables of a hub, looked at from outside while a server may be running. Nothing can be changed through it. */
export interface ReadOnlyStore {
  readonly kind: DatabaseKind;
  readonly tables: Tables;
  /** Migrations that the database lacks, and those that this version does not know. */
  readonly schema: () => Promise<{
    readonly pending: readonly string[];
    readonly unknown: readonly string[];
  }>;
  /** What is wrong with the file itself; empty on PostgreSQL, which looks after that. */
  readonly damage: () => readonly string[];
  /** Writes all of a SQLite file, as it is at this moment, into a new file. */
  readonly snapshot: (path: string) => void;
  readonly close: () => Promise<void>;
}

/** Opens a database that is there already, without its lock. Throws `database_url` or `database_unreachable`. */
export async function openReadOnly(url: string): Promise<ReadOnlyStore> {
  return url.startsWith('file:') ? openFile(sqlitePathOf(url)) : openServer(url);
}

async function openFile(path: string): Promise<ReadOnlyStore> {
  let database: DatabaseSync;
  try {
    if (statSync(path).size === 0) throw new Error('it is empty');
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  } catch (error) {
    throw new Refusal('database_unreachable', { database: path, reason: reasonOf(error) });
  }
  const db = kyselyOver(sqliteDialect(database));
  return {
    ...reading(db, 'sqlite'),
    damage: () => damageOf(database),
    snapshot: (to) => {
      // One read transaction: writers go on, and what they do meanwhile is not in it.
      database.prepare('vacuum into ?').run(to);
    },
  };
}

async function openServer(url: string): Promise<ReadOnlyStore> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new Refusal('database_url');
  const pool = postgresPool(url, 2);
  pool.on('connect', (client) => {
    // Queued before anything else that the connection is asked.
    client.query('set default_transaction_read_only = on').catch(() => undefined);
  });
  const { host, pathname } = new URL(url);
  await pool.query('select 1').catch(async (error: unknown) => {
    await pool.end();
    const database = `postgres://${host}${pathname}`;
    throw new Refusal('database_unreachable', { database, reason: reasonOf(error) });
  });
  return {
    ...reading(kyselyOver(new PostgresDialect({ pool })), 'postgres'),
    damage: () => [],
    snapshot: () => {
      throw new Error('PostgreSQL is copied by pg_dump');
    },
  };
}

const kyselyOver = (dialect: PostgresDialect | ReturnType<typeof sqliteDialect>): Kysely<Database> =>
  new Kysely<Database>({ dialect: watchedDialect(dialect), plugins: [new CamelCasePlugin()] });

const reading = (db: Kysely<Database>, kind: DatabaseKind) => ({
  kind,
  tables: tables(db, kind),
  schema: async () => {
    const applied = (await db.selectFrom('migrations').select('name').execute()).map(({ name }) => name);
    const known = migrations.map(({ name }) => name);
    return {
      pending: known.filter((name) => !applied.includes(name)),
      unknown: applied.filter((name) => !known.includes(name)),
    };
  },
  close: () => db.destroy(),
});

/** Problems that are shown at most; one is enough to restore a backup. */
const mostProblems = 10;

function damageOf(database: DatabaseSync): readonly string[] {
  try {
    const rows = [
      ...database.prepare(`pragma integrity_check(${mostProblems})`).all(),
      ...database.prepare('pragma foreign_key_check').all(),
    ];
    return rows
      .map((row) => Object.values(row).join(' ').replaceAll(/\s+/g, ' '))
      .filter((line) => line !== 'ok')
      .slice(0, mostProblems);
  } catch (error) {
    // Damage in the first pages stops SQLite from looking at all.
    return [reasonOf(error)];
  }
}
