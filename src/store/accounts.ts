import { sql } from 'kysely';
import type { Account, Role } from '../domain/people/actor.ts';
import type { GrantableVerb } from '../domain/people/verb.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface AccountRow {
  readonly id: string;
  readonly kind: 'person' | 'service_account';
  readonly name: string;
  readonly email: string | null;
  readonly login: string | null;
  readonly role: Role | null;
  readonly ownerId: string | null;
  readonly passwordHash: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}
export interface IdentityRow {
  readonly issuer: string;
  readonly subject: string;
  readonly accountId: string;
  readonly createdAt: number;
}
export interface AccountGroupRow {
  readonly accountId: string;
  readonly groupName: string;
  readonly source: string;
}

/** A person or a service account as it is stored. */
export interface StoredAccount {
  readonly id: string;
  readonly kind: 'person' | 'service_account';
  readonly name: string;
  readonly email: string | undefined;
  /** What a local account signs in with; unique. Absent when it signs in elsewhere or not at all. */
  readonly login: string | undefined;
  readonly role: Role | undefined;
  readonly ownerId: string | undefined;
  readonly passwordHash: string | undefined;
  /** Grows with every change; `change` compares it. */
  readonly version: number;
  readonly createdAt: number;
  readonly disabledAt: number | undefined;
}

const accountFrom = (row: AccountRow): StoredAccount => ({
  ...row,
  email: row.email ?? undefined,
  login: row.login ?? undefined,
  role: row.role ?? undefined,
  ownerId: row.ownerId ?? undefined,
  passwordHash: row.passwordHash ?? undefined,
  disabledAt: row.disabledAt ?? undefined,
});

const rowOf = (account: StoredAccount): AccountRow => ({
  ...account,
  email: account.email ?? null,
  login: account.login ?? null,
  role: account.role ?? null,
  ownerId: account.ownerId ?? null,
  passwordHash: account.passwordHash ?? null,
  disabledAt: account.disabledAt ?? null,
});

interface RightRow {
  readonly name: string;
  readonly email: string | null;
  readonly kind: AccountRow['kind'];
  readonly ownerId: string | null;
  readonly role: Role | null;
  readonly disabledAt: number | null;
  readonly ownerDisabledAt: number | null;
  readonly groupName: string | null;
  /** Null in the rows of groups, and where there is neither a group nor a grant. */
  readonly verb: GrantableVerb | null;
  readonly projectId: string;
  readonly tenant: string | null;
  readonly environment: string | null;
}

/**
 * A row for each group and each grant, at least one: every call asks for it, some of them often. Grants are looked for
 * in the words of their index `grants_once`, which both databases then use.
 */
const rightTables = ['accounts', 'account_groups', 'grants'] as const;
const rightRows = remembered<{ readonly id: string }, RightRow>(rightTables, (db, value) =>
  sql<RightRow>`select a.name, a.email, a.kind, a.owner_id, a.role, a.disabled_at,
      o.disabled_at as owner_disabled_at, r.group_name, r.verb, r.project_id, r.tenant, r.environment
    from accounts a left join accounts o on o.id = a.owner_id left join (
      select distinct group_name, null as id, null as verb, null as project_id, null as tenant, null as environment
        from account_groups where account_id = ${value('id')}
      union all select null, id, verb, project_id, tenant, environment from grants
        where coalesce(account_id, '') = ${value('id')}
      union all select null, id, verb, project_id, tenant, environment from grants
        where coalesce(account_id, '') = '' and coalesce(group_name, '') in
          (select group_name from account_groups where account_id = ${value('id')})
    ) r on true where a.id = ${value('id')} order by r.id, r.group_name`.compile(db),
);

/** An account with its rights of this moment. It is disabled too when whoever answers for it is. */
async function withRights(db: Queries, id: string): Promise<Account | undefined> {
  const rows = await rightRows(db, { id });
  const [account] = rows;
  if (!account) return undefined;
  const { name, email, kind, ownerId, role, disabledAt, ownerDisabledAt } = account;
  return {
    id,
    name,
    kind,
    email: email ?? undefined,
    ownerId: ownerId ?? undefined,
    role: role ?? undefined,
    disabled: disabledAt !== null || ownerDisabledAt !== null,
    groups: rows.flatMap(({ groupName }) => (groupName === null ? [] : [groupName])),
    grants: rows.flatMap(({ verb, projectId, tenant, environment }) =>
      verb === null
        ? []
        : [{ verb, projectId, tenant: tenant ?? undefined, environment: environment ?? undefined }],
    ),
  };
}

async function countOwners(db: Queries): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select(sql<number>`count(*)`.as('count'))
    .where('role', '=', 'owner')
    .where('kind', '=', 'person')
    .where('disabledAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb('passwordHash', 'is not', null),
        eb.exists(
          eb.selectFrom('identities').select('subject').whereRef('identities.accountId', '=', 'accounts.id'),
        ),
      ]),
    )
    .executeTakeFirstOrThrow();
  return count;
}

/** Whoever could have a right in a project: by their role, or by something given to them or a group of theirs. */
export interface RightSought {
  readonly verb: GrantableVerb;
  readonly roles: readonly Role[];
  readonly projectId: string;
  readonly limit: number;
}

async function personsWith(db: Queries, { verb, roles, projectId, limit }: RightSought): Promise<string[]> {
  const given = db.selectFrom('grants').where('verb', '=', verb).where('projectId', '=', projectId);
  const groups = given.where('groupName', 'is not', null).select('groupName');
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('kind', '=', 'person')
    .where('disabledAt', 'is', null)
    .where((eb) =>
      eb.or([
        eb('role', 'in', roles),
        eb('id', 'in', given.where('accountId', 'is not', null).select('accountId')),
        eb('id', 'in', db.selectFrom('accountGroups').where('groupName', 'in', groups).select('accountId')),
      ]),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Accounts, the identities they sign in with, and their groups. */
export const accounts = (db: Queries) => ({
  /** What the rules ask about an account: role, groups and grants as they are now. */
  withRights: (id: string): Promise<Account | undefined> => withRights(db, id),
  /** Ids of persons who may have the right somewhere in the project, oldest first; the rules say whether they do. */
  personsWith: (sought: RightSought): Promise<readonly string[]> => personsWith(db, sought),
  /** Throws a duplicate error (`isDuplicate`) when the login is taken. */
  add: async (account: StoredAccount): Promise<void> => {
    await db.insertInto('accounts').values(rowOf(account)).execute();
  },
  get: async (id: string): Promise<StoredAccount | undefined> => {
    const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
    return row && accountFrom(row);
  },
  byLogin: async (login: string): Promise<StoredAccount | undefined> => {
    const row = await db.selectFrom('accounts').selectAll().where('login', '=', login).executeTakeFirst();
    return row && accountFrom(row);
  },
  /** Only by issuer and subject: an e-mail address says nothing about who somebody is. */
  byIdentity: async (issuer: string, subject: string): Promise<StoredAccount | undefined> => {
    const row = await db
      .selectFrom('accounts')
      .innerJoin('identities', 'identities.accountId', 'accounts.id')
      .selectAll('accounts')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row && accountFrom(row);
  },
  /** Oldest first, after the account with this id; of both kinds unless one is named. */
  list: async (page: {
    readonly kind?: AccountRow['kind'];
    readonly after?: string | undefined;
    readonly limit: number;
  }): Promise<readonly StoredAccount[]> => {
    const { kind } = page;
    const rows = await db
      .selectFrom('accounts')
      .selectAll()
      .where('id', '>', page.after ?? '')
      .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'person'))
      .orderBy('id')
      .limit(page.limit)
      .execute();
    return rows.map(accountFrom);
  },
  /** Writes the whole account over the version it was read as. False: somebody else changed it meanwhile. */
  change: async (account: StoredAccount): Promise<boolean> => {
    const { id, version, ...rest } = rowOf(account);
    return changedOne(
      await db
        .updateTable('accounts')
        .set({ ...rest, version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirstOrThrow(),
    );
  },
  /** Persons who use this address. It says nothing about who somebody is, but two must not look alike. */
  withEmail: async (email: string): Promise<readonly StoredAccount[]> => {
    const rows = await db
      .selectFrom('accounts')
      .selectAll()
      .where('email', '=', email)
      .where('kind', '=', 'person')
      .orderBy('id')
      .execute();
    return rows.map(accountFrom);
  },
  /** Hands everything that one person answers for to another. */
  moveOwned: async (from: string, to: string): Promise<void> => {
    await db
      .updateTable('accounts')
      .set((eb) => ({ ownerId: to, version: eb('version', '+', 1) }))
      .where('ownerId', '=', from)
      .execute();
  },
  /** Owners who can sign in, with a password or elsewhere: asked when one is taken away. */
  countOwners: (): Promise<number> => countOwners(db),
  any: async (): Promise<boolean> =>
    (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined,
  addIdentity: async (identity: IdentityRow): Promise<void> => {
    await db.insertInto('identities').values(identity).execute();
  },
  /** Replaces what one source (`local`, or an issuer) says about the groups of an account. */
  setGroups: async (accountId: string, source: string, groups: readonly string[]): Promise<void> => {
    await db
      .deleteFrom('accountGroups')
      .where('accountId', '=', accountId)
      .where('source', '=', source)
      .execute();
    const rows = [...new Set(groups)].map((groupName) => ({ accountId, groupName, source }));
    if (rows.length > 0) await db.insertInto('accountGroups').values(rows).execute();
  },
});
