import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface ClusterTokenRow {
  readonly id: string;
  readonly clusterId: string;
  readonly kind: 'registration' | 'agent';
  /** SHA-256 of the secret, in hex. */
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
  readonly revokedAt: number | null;
}

/** What an agent shows: once to register, and its own from then on. Only the hash is kept. */
export interface ClusterToken {
  readonly id: string;
  readonly clusterId: string;
  readonly kind: 'registration' | 'agent';
  readonly hash: string;
  readonly createdAt: number;
  /** Absent for an agent's own, which ends by rotation or removal. */
  readonly expiresAt: number | undefined;
  readonly usedAt: number | undefined;
}

const tokenFrom = ({ revokedAt: _revokedAt, ...row }: ClusterTokenRow): ClusterToken => ({
  ...row,
  expiresAt: row.expiresAt ?? undefined,
  usedAt: row.usedAt ?? undefined,
});

export const clusterTokens = (db: Queries) => ({
  add: async (token: Omit<ClusterToken, 'usedAt'>): Promise<void> => {
    const expiresAt = token.expiresAt ?? null;
    await db
      .insertInto('clusterTokens')
      .values({ ...token, expiresAt, usedAt: null, revokedAt: null })
      .execute();
  },
  /** A registration token that nobody used yet. It counts once: false when it is spent, expired or revoked. */
  spend: async (hash: string, now: number): Promise<ClusterToken | undefined> => {
    const row = await db
      .updateTable('clusterTokens')
      .set({ usedAt: now })
      .where('hash', '=', hash)
      .where('kind', '=', 'registration')
      .where('usedAt', 'is', null)
      .where('revokedAt', 'is', null)
      .where('expiresAt', '>', now)
      .returningAll()
      .executeTakeFirst();
    return row && tokenFrom(row);
  },
  /** An agent's own token that still counts. */
  ofAgent: async (hash: string): Promise<ClusterToken | undefined> => {
    const row = await db
      .selectFrom('clusterTokens')
      .selectAll()
      .where('hash', '=', hash)
      .where('kind', '=', 'agent')
      .where('revokedAt', 'is', null)
      .executeTakeFirst();
    return row && tokenFrom(row);
  },
  /** Those of a kind that still count, oldest first. */
  of: async (clusterId: string, kind: ClusterToken['kind']): Promise<readonly ClusterToken[]> => {
    const rows = await db
      .selectFrom('clusterTokens')
      .selectAll()
      .where('clusterId', '=', clusterId)
      .where('kind', '=', kind)
      .where('revokedAt', 'is', null)
      .orderBy('id')
      .execute();
    return rows.map(tokenFrom);
  },
  used: async (id: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('clusterTokens')
        .set({ usedAt: now })
        .where('id', '=', id)
        .where('usedAt', 'is', null)
        .executeTakeFirstOrThrow(),
    ),
  /** Ends all of a kind, but one when it is named. */
  revoke: async (
    clusterId: string,
    {
      kind,
      now,
      but = '',
    }: { readonly kind: ClusterToken['kind']; readonly now: number; readonly but?: string },
  ): Promise<void> => {
    await db
      .updateTable('clusterTokens')
      .set({ revokedAt: now })
      .where('clusterId', '=', clusterId)
      .where('kind', '=', kind)
      .where('id', '<>', but)
      .where('revokedAt', 'is', null)
      .execute();
  },
});
