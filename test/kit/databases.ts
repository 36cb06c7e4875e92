import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseKind } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/open-store.ts';
import { addressVariable, readyVariable } from './postgres-run.ts';

/** A kind of database that this machine can test on. */
export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** The address of a new database that only this test knows. On PostgreSQL it has the schema already. */
  readonly fresh: () => Promise<string>;
  /** The same without the schema. */
  readonly empty: () => Promise<string>;
}

const cluster = process.env[addressVariable];

const newFile = (): Promise<string> =>
  Promise.resolve(`file:${join(mkdtempSync(join(tmpdir(), 'store-')), 'hub.db')}`);
const sqlite: TestDatabase = { kind: 'sqlite', fresh: newFile, empty: newFile };

/** Databases of a cluster that answers at this address; they go with it. template1 is the one with the schema. */
export function postgresAt(address: string): TestDatabase {
  const create = async (template: string): Promise<string> => {
    await untilReady(process.env[readyVariable] ?? '');
    const name = `t${randomUUID().replaceAll('-', '')}`;
    const client = new Client({ connectionString: address.replace('/DATABASE', '/postgres') });
    await client.connect();
    await client.query(`create database ${name} template ${template}`);
    await client.end();
    return address.replace('/DATABASE', `/${name}`);
  };
  return { kind: 'postgres', fresh: () => create('template1'), empty: () => create('template0') };
}

async function untilReady(ready: string): Promise<void> {
  while (!existsSync(ready)) await setTimeout(20);
  const trouble = readFileSync(ready, 'utf8');
  if (trouble !== '') throw new Error(`PostgreSQL did not start: ${trouble}`);
}

/** Loop a suite over these: `describe.each(databases)('on $kind', ({ fresh }) => …)`. */
export const databases: readonly TestDatabase[] =
  cluster === undefined ? [sqlite] : [sqlite, postgresAt(cluster)];

/** Opens a store on a new database, and closes it when the `using` block ends. */
export async function freshStore(
  database: TestDatabase,
): Promise<Store & AsyncDisposable & { readonly url: string }> {
  const url = await database.fresh();
  const store = await openStore({ url, connections: 5 });
  return { ...store, url, [Symbol.asyncDispose]: store.close };
}
