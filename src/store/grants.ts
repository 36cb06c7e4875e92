import type { Grant } from '../domain/people/actor.ts';
import type { GrantableVerb } from '../domain/people/verb.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface GrantRow {
  readonly id: string;
  readonly accountId: string | null;
  readonly groupName: string | null;
  readonly verb: GrantableVerb;
  readonly projectId: string;
  readonly tenant: string | null;
  readonly environment: string | null;
  readonly createdAt: number;
}

/** A grant with whom it is given to: one account, or everybody in a group. */
export interface StoredGrant extends Grant {
  readonly id: string;
  readonly to: { readonly accountId: string } | { readonly groupName: string };
  readonly createdAt: number;
}

const grantFrom = (row: GrantRow): StoredGrant => ({
  id: row.id,
  to: row.accountId === null ? { groupName: row.groupName ?? '' } : { accountId: row.accountId },
  verb: row.verb,
  projectId: row.projectId,
  tenant: row.tenant ?? undefined,
  environment: row.environment ?? undefined,
  createdAt: row.createdAt,
});

export const grants = (db: Queries) => ({
  /** Throws a duplicate error when the same grant is there already. */
  add: async ({ to, tenant, environment, ...grant }: StoredGrant): Promise<void> => {
    const target = { accountId: null, groupName: null, ...to };
    await db
      .insertInto('grants')
      .values({ ...grant, ...target, tenant: tenant ?? null, environment: environment ?? null })
      .execute();
  },
  /** False when it was not there. */
  remove: async (id: string): Promise<boolean> =>
    changedOne(await db.deleteFrom('grants').where('id', '=', id).executeTakeFirstOrThrow()),
  get: async (id: string): Promise<StoredGrant | undefined> => {
    const row = await db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst();
    return row && grantFrom(row);
  },
  /** Oldest first, after the grant with this id; all of them, or those of one project or given to one account. */
  list: async (page: {
    readonly projectId?: string | undefined;
    readonly accountId?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly StoredGrant[]> => {
    const { projectId, accountId } = page;
    let query = db
      .selectFrom('grants')
      .selectAll()
      .where('id', '>', page.after ?? '');
    if (projectId !== undefined) query = query.where('projectId', '=', projectId);
    if (accountId !== undefined) query = query.where('accountId', '=', accountId);
    const rows = await query.orderBy('id').limit(page.limit).execute();
    return rows.map(grantFrom);
  },
  inProject: async (projectId: string): Promise<readonly StoredGrant[]> => {
    const rows = await db
      .selectFrom('grants')
      .selectAll()
      .where('projectId', '=', projectId)
      .orderBy('id')
      .execute();
    return rows.map(grantFrom);
  },
});
