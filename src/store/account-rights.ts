import { sql } from 'kysely';
import type { Account } from '../domain/people/actor.ts';
import type { GrantableVerb } from '../domain/people/verb.ts';
import type { AccountRow } from './accounts.ts';
import type { Queries } from './database.ts';
import type { GrantRow } from './grants.ts';
import { remembered } from './prepared.ts';

type NamedRow = Pick<AccountRow, 'id' | 'name' | 'email' | 'kind' | 'ownerId' | 'role' | 'disabledAt'> & {
  readonly ownerDisabledAt: number | null;
};
type GivenRow = Pick<GrantRow, 'verb' | 'projectId' | 'tenant' | 'environment'>;

const accountFrom = (row: NamedRow): Omit<Account, 'groups' | 'grants'> => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  email: row.email ?? undefined,
  ownerId: row.ownerId ?? undefined,
  role: row.role ?? undefined,
  disabled: row.disabledAt !== null || row.ownerDisabledAt !== null,
});

const grantFrom = ({ verb, projectId, tenant, environment }: GivenRow): Account['grants'][number] => ({
  verb,
  projectId,
  tenant: tenant ?? undefined,
  environment: environment ?? undefined,
});

interface RightRow extends Omit<NamedRow, 'id'> {
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
export async function withRights(db: Queries, id: string): Promise<Account | undefined> {
  const rows = await rightRows(db, { id });
  const [account] = rows;
  if (!account) return undefined;
  return {
    ...accountFrom({ ...account, id }),
    groups: rows.flatMap(({ groupName }) => (groupName === null ? [] : [groupName])),
    grants: rows.flatMap(({ verb, ...grant }) => (verb === null ? [] : [grantFrom({ ...grant, verb })])),
  };
}

/** Accounts with their rights of this moment, however many by three queries; those that are there, by id. */
export async function withRightsEach(db: Queries, ids: readonly string[]): Promise<readonly Account[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('accounts as a')
    .leftJoin('accounts as o', 'o.id', 'a.ownerId')
    .select(['a.id', 'a.name', 'a.email', 'a.kind', 'a.ownerId', 'a.role', 'a.disabledAt'])
    .select('o.disabledAt as ownerDisabledAt')
    .where('a.id', 'in', ids)
    .orderBy('a.id')
    .execute();
  const groups = await db
    .selectFrom('accountGroups')
    .select(['accountId', 'groupName'])
    .distinct()
    .where('accountId', 'in', ids)
    .orderBy('groupName')
    .execute();
  const names = [...new Set(groups.map(({ groupName }) => groupName))];
  const grants = await db
    .selectFrom('grants')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('accountId', 'in', ids),
        ...(names.length === 0 ? [] : [eb.and([eb('accountId', 'is', null), eb('groupName', 'in', names)])]),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const own = groups.filter(({ accountId }) => accountId === row.id).map(({ groupName }) => groupName);
    const given = grants.filter(({ accountId, groupName }) =>
      accountId === null ? own.includes(groupName ?? '') : accountId === row.id,
    );
    return { ...accountFrom(row), groups: own, grants: given.map(grantFrom) };
  });
}
