import type { CompiledQuery, DialectAdapter, QueryResult } from 'kysely';
import type { Queries } from './database.ts';

/** Runs a query that was compiled before, on the database itself or on a transaction of it. */
export type Prepared<Values, Row> = (db: Queries, values: Values) => Promise<QueryResult<Row>>;

const named = Symbol('the name of a value');

/** Stands for a value in a query that is compiled before the value is known. */
interface Blank<Name> {
  readonly [named]: Name;
}

const isBlank = <Name>(value: unknown): value is Blank<Name> =>
  typeof value === 'object' && value !== null && named in value;

/**
 * A query that is compiled once for each database, instead of each time it runs: for those that every call makes, where
 * that costs more than the database itself. `value('name')` stands where a value comes; nothing else may vary.
 */
export function prepared<Values extends object, Row = unknown>(
  compile: (
    db: Queries,
    value: <Name extends keyof Values>(name: Name) => Values[Name],
  ) => CompiledQuery<Row>,
): Prepared<Values, Row> {
  const known = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  const blank = <Name extends keyof Values>(name: Name): Values[Name] =>
    ({ [named]: name }) satisfies Blank<Name> as unknown as Values[Name];
  return (db, values) => {
    const { adapter } = db.getExecutor();
    const query = known.get(adapter) ?? compile(db, blank);
    known.set(adapter, query);
    const parameters = query.parameters.map((value) =>
      isBlank<keyof Values>(value) ? values[value[named]] : value,
    );
    return db.executeQuery<Row>({ ...query, parameters });
  };
}
