import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { Refusal } from '../domain/refusal/refusal.ts';
import { failPoint } from '../std/fail-point.ts';
import type { Database, DatabaseKind } from './database.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/migrations.ts';
import { portable } from './migrations/portable.ts';

const migrators = 0x6b6e6f78;

/**
 * Brings the schema to the newest state, forward only, all or nothing: one transaction holds every statement, and
 * servers that start together wait for the first. Throws `database_newer` when it meets a migration it does not know.
 */
export async function migrate(db: Kysely<Database>, kind: DatabaseKind, shown: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${migrators})`.execute(transaction);
    await sql
      .raw('create table if not exists migrations (name text primary key, applied_at bigint not null)')
      .execute(transaction);
    const applied = (await transaction.selectFrom('migrations').select('name').execute()).map(
      ({ name }) => name,
    );
    const unknown = applied.find((name) => !migrations.some((migration) => migration.name === name));
    if (unknown !== undefined) throw new Refusal('database_newer', { database: shown, migration: unknown });
    for (const migration of migrations.filter(({ name }) => !applied.includes(name)))
      await apply(transaction, kind, migration);
    await failPoint('store.migrate.commit');
  });
}

async function apply(
  transaction: Transaction<Database>,
  kind: DatabaseKind,
  { name, statements }: Migration,
): Promise<void> {
  for (const statement of portable(statements, kind)) {
    await failPoint('store.migrate.statement');
    await sql.raw(statement).execute(transaction);
  }
  await transaction.insertInto('migrations').values({ name, appliedAt: Date.now() }).execute();
}
