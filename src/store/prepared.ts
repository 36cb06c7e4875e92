import type { CompiledQuery, DialectAdapter, QueryResult } from 'kysely';
import type { Database, Queries } from './database.ts';
import { memoryOf } from './row-memory.ts';
import { refuseInsideTransaction } from './transaction.ts';

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

/** The name of a table as the database has it. */
type TableName = SnakeCase<keyof Database>;
type SnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Text;

let queries = 0;

/**
 * The same for a query of these tables alone which is made again and again while they hardly change. Where this
 * process is the one that writes, what it found is known until then, and nobody asks the database.
 */
export function remembered<Values extends object, Row = unknown>(
  tables: readonly TableName[],
  compile: Parameters<typeof prepared<Values, Row>>[0],
): (db: Queries, values: Values) => Promise<readonly Row[]> {
  const run = prepared<Values, Row>(compile);
  queries += 1;
  const name = queries;
  return async (db, values) => {
    const memory = memoryOf(db.getExecutor().adapter);
    if (memory === undefined) return (await run(db, values)).rows;
    if (!db.isTransaction) refuseInsideTransaction();
    const key = `${name} ${JSON.stringify(values)}`;
    // What is kept under a query's name is what that query found.
    const known = memory.recall(key) as readonly Row[] | undefined;
    if (known !== undefined) return known;
    const keep = memory.before(key, tables);
    const { rows } = await run(db, values);
    keep(rows);
    return rows;
  };
}
