import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface OneTimeLinkRow {
  readonly hash: string;
  readonly purpose: string;
  readonly accountId: string | null;
  readonly details: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly usedAt: number | null;
}

/** A secret that works once: a first admin, a password reset, the state of a sign-in elsewhere, a push's hook. */
export interface OneTimeLink {
  readonly hash: string;
  readonly purpose: string;
  readonly accountId: string | undefined;
  /** JSON of the purpose's own. */
  readonly details: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export const oneTimeLinks = (db: Queries) => ({
  add: async (link: OneTimeLink): Promise<void> => {
    await db
      .insertInto('oneTimeLinks')
      .values({ ...link, accountId: link.accountId ?? null, usedAt: null })
      .execute();
  },
  /** Looks without using it up. */
  peek: async (hash: string, purpose: string, now: number): Promise<OneTimeLink | undefined> => {
    const row = await db
      .selectFrom('oneTimeLinks')
      .selectAll()
      .where('hash', '=', hash)
      .where('purpose', '=', purpose)
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', now)
      .executeTakeFirst();
    return row && { ...row, accountId: row.accountId ?? undefined };
  },
  /** True for exactly one caller, however many ask at once. */
  use: async (hash: string, purpose: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('oneTimeLinks')
        .set({ usedAt: now })
        .where('hash', '=', hash)
        .where('purpose', '=', purpose)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .executeTakeFirstOrThrow(),
    ),
  /** Ends what an account has of this purpose and nobody used yet. */
  endAll: async (accountId: string, purpose: string, now: number): Promise<void> => {
    await db
      .updateTable('oneTimeLinks')
      .set({ usedAt: now })
      .where('accountId', '=', accountId)
      .where('purpose', '=', purpose)
      .where('usedAt', 'is', null)
      .execute();
  },
  forget: async (before: number): Promise<void> => {
    await db.deleteFrom('oneTimeLinks').where('expiresAt', '<', before).execute();
  },
});
