import type { Insertable } from 'kysely';
import type { Database, Queries } from './database.ts';
import { type Prepared, prepared } from './prepared.ts';

type Table = keyof Database;

const known = new Map<string, Prepared<Readonly<Record<string, unknown>>, unknown>>();

/** Adds one row. The statement is compiled once for each table and set of columns. */
export async function insertRow<Into extends Table>(
  db: Queries,
  table: Into,
  row: Insertable<Database[Into]>,
): Promise<void> {
  const columns = Object.keys(row);
  const form = [table, ...columns].join(' ');
  const insert = known.get(form) ?? preparedInsert(table, columns);
  known.set(form, insert);
  await insert(db, row);
}

const preparedInsert = (table: Table, columns: readonly string[]) =>
  prepared<Readonly<Record<string, unknown>>>((db, value) => {
    const values = Object.fromEntries(columns.map((column) => [column, value(column)]));
    return db.insertInto(table).values(values).compile();
  });
