import type { TokenScope } from '../domain/people/actor.ts';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface TokenRow {
  readonly id: string;
  readonly hash: string;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
  readonly revokedAt: number | null;
}

/** An API token without its secret: that is known to its bearer alone. */
export interface Token {
  readonly id: string;
  /** SHA-256 of the secret, in hex. */
  readonly hash: string;
  readonly accountId: string;
  readonly name: string;
  /** The first characters of the secret, to recognise it by. */
  readonly prefix: string;
  readonly scopes: readonly TokenScope[];
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | undefined;
  readonly revokedAt: number | undefined;
}

const tokenFrom = (row: TokenRow): Token => ({
  ...row,
  scopes: JSON.parse(row.scopes) as TokenScope[],
  usedAt: row.usedAt ?? undefined,
  revokedAt: row.revokedAt ?? undefined,
});

const kept = remembered<{ readonly hash: string }, TokenRow>(['tokens'], (db, value) =>
  db
    .selectFrom('tokens')
    .selectAll()
    .where('hash', '=', value('hash'))
    .where('revokedAt', 'is', null)
    .compile(),
);

export const tokens = (db: Queries) => ({
  add: async (token: Token): Promise<void> => {
    const { usedAt, revokedAt } = token;
    const empty = { usedAt: usedAt ?? null, revokedAt: revokedAt ?? null };
    await db
      .insertInto('tokens')
      .values({ ...token, ...empty, scopes: JSON.stringify(token.scopes) })
      .execute();
  },
  /** A revoked or expired token is not found. */
  byHash: async (hash: string, now: number): Promise<Token | undefined> => {
    const [row] = await kept(db, { hash });
    return row && row.expiresAt > now ? tokenFrom(row) : undefined;
  },
  get: async (id: string): Promise<Token | undefined> => {
    const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst();
    return row && tokenFrom(row);
  },
  /** Newest first, revoked and expired ones too. */
  of: async (accountId: string): Promise<readonly Token[]> => {
    const rows = await db
      .selectFrom('tokens')
      .selectAll()
      .where('accountId', '=', accountId)
      .orderBy('id', 'desc')
      .execute();
    return rows.map(tokenFrom);
  },
  /** Newest first, before the token with this id; of everybody, or of one account. */
  list: async (page: {
    readonly accountId?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<readonly Token[]> => {
    let query = db.selectFrom('tokens').selectAll();
    if (page.accountId !== undefined) query = query.where('accountId', '=', page.accountId);
    if (page.before !== undefined) query = query.where('id', '<', page.before);
    const rows = await query.orderBy('id', 'desc').limit(page.limit).execute();
    return rows.map(tokenFrom);
  },
  used: async (id: string, now: number): Promise<void> => {
    await db.updateTable('tokens').set({ usedAt: now }).where('id', '=', id).execute();
  },
  /** False when it was revoked already. */
  revoke: async (id: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('tokens')
        .set({ revokedAt: now })
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  revokeAll: async (accountId: string, now: number): Promise<void> => {
    await db
      .updateTable('tokens')
      .set({ revokedAt: now })
      .where('accountId', '=', accountId)
      .where('revokedAt', 'is', null)
      .execute();
  },
});
