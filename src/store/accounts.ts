import { sql } from 'kysely';
import type { Account, Role } from '../domain/people/actor.ts';
import type { GrantableVerb } from '../domain/people/verb.ts';
import { withRights, withRightsEach } from './account-rights.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

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
  /** The same for many at once, in the order of their ids; ids that are no account are left out. */
  withRightsEach: (ids: readonly string[]): Promise<readonly Account[]> => withRightsEach(db, ids),
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
