import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { shownError } from './database-error.ts';
import { refuseInsideTransaction } from './transaction.ts';

/** The same dialect, whose errors read as refusals when the database is to blame, and which notices a wrong store. */
export function watchedDialect(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => watchedDriver(dialect.createDriver()),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

function watchedDriver(driver: Driver): Driver {
  const watched = new WeakSet<DatabaseConnection>();
  const acquire = driver.acquireConnection.bind(driver);
  // Changed in place: PostgreSQL's driver recognises its own objects when they come back.
  driver.acquireConnection = async (options) => {
    refuseInsideTransaction();
    const connection = await acquire(options).catch(rethrow);
    if (!watched.has(connection)) watch(connection);
    watched.add(connection);
    return connection;
  };
  return driver;
}

function watch(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = (query, options) => execute<never>(query, options).catch(rethrow);
}

const rethrow = (error: unknown): never => {
  throw shownError(error);
};
