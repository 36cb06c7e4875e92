import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, DialectAdapter, Driver, QueryResult } from 'kysely';
import { type RowMemory, remember, rowMemory, tablesWritten } from './row-memory.ts';
import { fairTurn } from './turn.ts';

/**
 * Kysely over one `node:sqlite` connection. Whoever holds the connection (one statement, or a whole transaction) is
 * waited for in order, so a transaction sees and makes a serial history.
 */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const count = database.prepare('pragma data_version');
  const read = (): number => Number(count.get()?.['data_version']);
  let version = read();
  const look = (): void => void (version = read());
  // No other connection of ours writes, so this one knows of every write; the version tells of others, who have to
  // wait while a transaction of ours is open.
  const memory = rowMemory(() => {
    if (!database.isTransaction) look();
    return version;
  });
  return {
    createAdapter: () => {
      const own = { ...adapter };
      remember(own, memory);
      return own;
    },
    createDriver: () => sqliteDriver(database, { memory, begun: look }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

const nothing = (): Promise<void> => Promise.resolve();

const adapter: DialectAdapter = {
  supportsCreateIfNotExists: true,
  supportsTransactionalDdl: true,
  supportsReturning: true,
  // True, so that Kysely leaves the queue to the driver below, which is fair.
  supportsMultipleConnections: true,
  acquireMigrationLock: nothing,
  releaseMigrationLock: nothing,
};

interface Watch {
  readonly memory: RowMemory;
  /** To be told of every transaction that has the lock now. */
  readonly begun: () => void;
}

function sqliteDriver(database: DatabaseSync, { memory, begun }: Watch): Driver {
  const turn = fairTurn();
  const connection = sqliteConnection(database, memory);
  let end: () => void = () => undefined;
  const finish = (how: 'commit' | 'rollback'): Promise<void> => {
    try {
      return Promise.resolve(database.exec(how));
    } finally {
      if (!database.isTransaction) memory.ended();
    }
  };
  return {
    init: nothing,
    acquireConnection: async () => {
      end = await turn.take();
      return connection;
    },
    releaseConnection: () => {
      end();
      return Promise.resolve();
    },
    // Immediate: a transaction that first reads and then writes must not find out at the write that it cannot.
    beginTransaction: () => {
      database.exec('begin immediate');
      begun();
      return Promise.resolve();
    },
    commitTransaction: () => finish('commit'),
    // SQLite ends a transaction itself after some errors, a full disk for one; a second end would hide the first error.
    rollbackTransaction: () => {
      if (database.isTransaction) return finish('rollback');
      memory.ended();
      return Promise.resolve();
    },
    destroy: async () => {
      await turn.take();
      database.close();
    },
  };
}

interface Prepared {
  readonly statement: StatementSync;
  readonly returnsRows: boolean;
  readonly writes: readonly string[];
}

const keptStatements = 300;

function sqliteConnection(database: DatabaseSync, memory: RowMemory): DatabaseConnection {
  const kept = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    const known = kept.get(sql);
    if (known) {
      kept.delete(sql);
      kept.set(sql, known);
      return known;
    }
    const statement = database.prepare(sql);
    const writes = /^\s*select\b/i.test(sql) ? [] : tablesWritten(sql);
    const prepared = { statement, returnsRows: statement.columns().length > 0, writes };
    kept.set(sql, prepared);
    for (const oldest of kept.size > keptStatements ? kept.keys().take(1) : []) kept.delete(oldest);
    return prepared;
  };
  return {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { statement, returnsRows, writes } = prepare(sql);
      const values = parameters.map(bindable);
      if (writes.length > 0) memory.written(writes, database.isTransaction);
      if (returnsRows) return { rows: statement.all(...values) as R[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    },
    streamQuery: () => {
      throw new Error('read in pages: the one connection must not be held while rows are looked at');
    },
  };
}

/**
 * What SQLite can hold. An object as first parameter would be taken for named parameters and store NULL without a
 * word, so anything unexpected throws here instead. PostgreSQL refuses NUL in text, so both do.
 */
function bindable(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new Error('text with a NUL character cannot be stored');
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}
