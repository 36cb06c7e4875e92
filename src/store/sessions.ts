import { sql } from 'kysely';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';

export interface SessionRow {
  readonly id: string;
  /** SHA-256 of the secret in the cookie, in hex. */
  readonly hash: string;
  readonly accountId: string;
  /** Browser and address, for the person's own list. */
  readonly client: string;
  readonly createdAt: number;
  readonly authenticatedAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}
export type Session = Omit<SessionRow, 'revokedAt'>;

const live = sql<boolean>`revoked_at is null`;

/** Signed-in browsers. A revoked or expired session is not found, from the next request on. */
export const sessions = (db: Queries) => ({
  add: async (session: Session): Promise<void> => {
    await db
      .insertInto('sessions')
      .values({ ...session, revokedAt: null })
      .execute();
  },
  byHash: async (hash: string, now: number): Promise<Session | undefined> =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('hash', '=', hash)
      .where(live)
      .where('expiresAt', '>', now)
      .executeTakeFirst(),
  of: async (accountId: string, now: number): Promise<readonly Session[]> =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('accountId', '=', accountId)
      .where(live)
      .where('expiresAt', '>', now)
      .orderBy('createdAt', 'desc')
      .execute(),
  /** Notes that it was used, and until when it counts then. */
  touch: async (id: string, seenAt: number, expiresAt: number): Promise<void> => {
    await db.updateTable('sessions').set({ seenAt, expiresAt }).where('id', '=', id).where(live).execute();
  },
  reauthenticated: async (id: string, authenticatedAt: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('sessions')
        .set({ authenticatedAt })
        .where('id', '=', id)
        .where(live)
        .executeTakeFirstOrThrow(),
    ),
  revoke: async (id: string, now: number): Promise<boolean> =>
    changedOne(
      await db
        .updateTable('sessions')
        .set({ revokedAt: now })
        .where('id', '=', id)
        .where(live)
        .executeTakeFirstOrThrow(),
    ),
  /** All of an account, but one when it is named. */
  revokeAll: async (accountId: string, now: number, but = ''): Promise<void> => {
    await db
      .updateTable('sessions')
      .set({ revokedAt: now })
      .where('accountId', '=', accountId)
      .where('id', '<>', but)
      .where(live)
      .execute();
  },
  /** Drops rows that ended before this moment. */
  forget: async (before: number): Promise<void> => {
    await db.deleteFrom('sessions').where('expiresAt', '<', before).execute();
  },
});
