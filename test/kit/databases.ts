import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DatabaseKind } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { clusterVariable } from './postgres-run.ts';

/** A kind of database that this machine can test on. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** The address of a new, empty database that only this test knows. */
  readonly fresh: () => Promise<string>;
}

const cluster = process.env[clusterVariable];

const sqlite: TestDatabase = {
  kind: 'sqlite',
  fresh: () => Promise.resolve(`file:${join(mkdtempSync(join(tmpdir(), 'store-')), 'hub.db')}`),
};

/** A clone of the template, which has the schema already. It goes with the cluster. */
const postgres = (address: string): TestDatabase => ({
  kind: 'postgres',
  fresh: async () => {
    const name = `t${randomUUID().replaceAll('-', '')}`;
    const client = new Client({ connectionString: address.replace('/DATABASE', '/postgres') });
    await client.connect();
    await client.query(`create database ${name}`);
    await client.end();
    return address.replace('/DATABASE', `/${name}`);
  },
});

/** Loop a suite over these: `describe.each(databases)('on $kind', ({ fresh }) => …)`. */
export const databases: readonly TestDatabase[] =
  cluster === undefined ? [sqlite] : [sqlite, postgres(cluster)];

/** Opens a store on a new database, and closes it when the `using` block ends. */
export async function freshStore(
  database: TestDatabase,
): Promise<Store & AsyncDisposable & { readonly url: string }> {
  const url = await database.fresh();
  const store = await openStore({ url, connections: 5 });
  return { ...store, url, [Symbol.asyncDispose]: store.close };
}
