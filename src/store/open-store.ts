import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type { Dialect } from 'kysely';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { Database, DatabaseKind } from './database.ts';
import { migrate } from './migrate.ts';
import { postgresPool, provePostgres } from './postgres-pool.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { sqlitePathOf } from './sqlite-path.ts';
import { tables, transactionTables } from './tables.ts';
import type { Tables, TransactionTables } from './tables.ts';
import { transactions } from './transaction.ts';
import { watchedDialect } from './watched-dialect.ts';

/**
 * Room `store`: what has to be remembered apart from Git, in SQLite or PostgreSQL. It keeps facts and compares before
 * it sets; what is allowed and what follows is decided in `domain`. It must never know HTTP, Git or who may do what.
 */
export interface Store extends Tables {
  readonly kind: DatabaseKind;
  /**
   * Runs `work` as one change: all of it is on disk when this resolves, nothing of it when it throws (but for
   * `outcome_unknown`). Changes happen one at a time, over all servers. `work` uses only what it is handed, waits for
   * nothing but the database, and may run again when PostgreSQL asks for that.
   */
  readonly tx: <T>(work: (tx: TransactionTables) => Promise<T>) => Promise<T>;
  /** Answers when the database does; throws the refusal to show when it does not. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface StoreOptions {
  /** `file:` and a path as it is, without escapes; or `postgres://user@host/name`. */
  readonly url: string;
  /** Connections to PostgreSQL that one server uses at most. */
  readonly connections?: number;
}

/** Opens the database, proves that it keeps what it is given, and brings its schema to the newest state. */
export async function openStore({ url, connections = 10 }: StoreOptions): Promise<Store> {
  const opened = url.startsWith('file:') ? openSqlite(url) : await openPostgres(url, connections);
  const { kind, dialect, shown } = opened;
  const db = new Kysely<Database>({ dialect: watchedDialect(dialect), plugins: [new CamelCasePlugin()] });
  const close = async (): Promise<void> => {
    await db.destroy();
    await opened.release();
  };
  try {
    await migrate(db, kind, shown);
  } catch (error) {
    await close();
    throw error;
  }
  const run = transactions(db, kind);
  return {
    ...tables(db, kind),
    kind,
    tx: (work) => run((transaction) => work(transactionTables(transaction, kind))),
    check: async () => {
      await db.selectFrom('migrations').select('name').limit(1).execute();
    },
    close,
  };
}

interface Opened {
  readonly kind: DatabaseKind;
  readonly dialect: Dialect;
  /** What to call it in messages: never with a password. */
  readonly shown: string;
  readonly release: () => void | Promise<void>;
}

function openSqlite(url: string): Opened {
  const path = sqlitePathOf(url);
  const { database, close } = openSqliteFile(path);
  return { kind: 'sqlite', dialect: sqliteDialect(database), shown: path, release: close };
}

async function openPostgres(url: string, connections: number): Promise<Opened> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new Refusal('database_url');
  const { host, pathname } = new URL(url);
  const shown = `postgres://${host}${pathname}`;
  const pool = postgresPool(url, connections);
  try {
    await provePostgres(pool, shown);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { kind: 'postgres', dialect: new PostgresDialect({ pool }), shown, release: () => undefined };
}
