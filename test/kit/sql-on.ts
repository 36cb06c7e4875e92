import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** Runs a statement behind the back of the store. */
export async function sqlOn(url: string, statement: string): Promise<void> {
  if (url.startsWith('file:')) {
    const database = new DatabaseSync(url.slice('file:'.length));
    try {
      database.exec(statement);
    } finally {
      database.close();
    }
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
