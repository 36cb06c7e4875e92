import type { Queries } from './database.ts';

/** What a list of people shows beside each account. */
export interface AccountFacts {
  readonly groups: readonly string[];
  /** Issuers of the identities with which the account signs in elsewhere. */
  readonly issuers: readonly string[];
  /** When a session or token of it was last used. */
  readonly lastSeenAt: number | undefined;
}

interface Seen {
  readonly accountId: string;
  readonly at: number | null;
}

const latest = (rows: readonly Seen[], id: string): number | undefined => {
  const times = rows.flatMap(({ accountId, at }) => (accountId === id && at !== null ? [at] : []));
  return times.length === 0 ? undefined : Math.max(...times);
};

/** Facts of a page of accounts, in four queries whatever its length. */
export const accountFacts = (db: Queries) => ({
  of: async (ids: readonly string[]): Promise<ReadonlyMap<string, AccountFacts>> => {
    if (ids.length === 0) return new Map();
    const groups = await db
      .selectFrom('accountGroups')
      .select(['accountId', 'groupName'])
      .distinct()
      .where('accountId', 'in', ids)
      .orderBy('groupName')
      .execute();
    const identities = await db
      .selectFrom('identities')
      .select(['accountId', 'issuer'])
      .where('accountId', 'in', ids)
      .orderBy('issuer')
      .execute();
    const sessions = await db
      .selectFrom('sessions')
      .select((eb) => ['accountId', eb.fn.max('seenAt').as('at')])
      .where('accountId', 'in', ids)
      .groupBy('accountId')
      .execute();
    const tokens = await db
      .selectFrom('tokens')
      .select((eb) => ['accountId', eb.fn.max('usedAt').as('at')])
      .where('accountId', 'in', ids)
      .groupBy('accountId')
      .execute();
    const factsOf = (id: string): AccountFacts => ({
      groups: groups.flatMap(({ accountId, groupName }) => (accountId === id ? [groupName] : [])),
      issuers: identities.flatMap(({ accountId, issuer }) => (accountId === id ? [issuer] : [])),
      lastSeenAt: latest([...sessions, ...tokens], id),
    });
    return new Map(ids.map((id) => [id, factsOf(id)]));
  },
});
