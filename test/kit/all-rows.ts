import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** A table as the database itself describes it, with all that is in it. */
export interface WholeTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly object[];
}

const [listSqlite, listPostgres] = [
  `select t.name as "table", c.name as "column" from sqlite_master t, pragma_table_info(t.name) c
   where t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'`,
  `select table_name as "table", column_name as "column" from information_schema.columns
   where table_schema = current_schema()`,
];

/** Every table of a store, behind its back. */
export async function allRows(url: string): Promise<readonly WholeTable[]> {
  if (url.startsWith('file:')) {
    const database = new DatabaseSync(url.slice('file:'.length));
    try {
      return await readTables(listSqlite, (sql) => Promise.resolve(database.prepare(sql).all()));
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await readTables(listPostgres, async (sql) => (await client.query<object>(sql)).rows);
  } finally {
    await client.end();
  }
}

async function readTables(
  list: string,
  query: (sql: string) => Promise<readonly object[]>,
): Promise<readonly WholeTable[]> {
  const columns = (await query(list)) as readonly { readonly table: string; readonly column: string }[];
  const tables: WholeTable[] = [];
  for (const [name, of] of Map.groupBy(columns, ({ table }) => table))
    tables.push({
      name,
      columns: of.map(({ column }) => column),
      rows: await query(`select * from "${name}"`),
    });
  return tables;
}
