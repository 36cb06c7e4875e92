import type { Queries } from './database.ts';

export interface SignInAttemptRow {
  readonly subject: string;
  readonly failures: number;
  readonly firstAt: number;
  readonly lockedUntil: number;
}
export type SignInAttempts = Omit<SignInAttemptRow, 'subject'>;

/** Failed sign-ins by subject (an account's login, a network), kept here so that a crash does not forget them. */
export const signInAttempts = (db: Queries) => ({
  get: async (subject: string): Promise<SignInAttempts | undefined> =>
    db
      .selectFrom('signInAttempts')
      .select(['failures', 'firstAt', 'lockedUntil'])
      .where('subject', '=', subject)
      .executeTakeFirst(),
  /** Counts one more; the count starts again when the first one is older than `since`. Answers the new count. */
  failed: async (subject: string, now: number, since: number): Promise<SignInAttempts> =>
    db
      .insertInto('signInAttempts')
      .values({ subject, failures: 1, firstAt: now, lockedUntil: 0 })
      .onConflict((conflict) =>
        conflict.column('subject').doUpdateSet((eb) => ({
          failures: eb
            .case()
            .when('signInAttempts.firstAt', '<', since)
            .then(1)
            .else(eb('signInAttempts.failures', '+', 1))
            .end(),
          firstAt: eb
            .case()
            .when('signInAttempts.firstAt', '<', since)
            .then(now)
            .else(eb.ref('signInAttempts.firstAt'))
            .end(),
        })),
      )
      .returning(['failures', 'firstAt', 'lockedUntil'])
      .executeTakeFirstOrThrow(),
  lock: async (subject: string, until: number): Promise<void> => {
    await db
      .updateTable('signInAttempts')
      .set({ lockedUntil: until })
      .where('subject', '=', subject)
      .execute();
  },
  /** Counts one less: it was no failure after all. */
  takeBack: async (subject: string): Promise<void> => {
    await db
      .updateTable('signInAttempts')
      .set((eb) => ({ failures: eb('failures', '-', 1) }))
      .where('subject', '=', subject)
      .where('failures', '>', 0)
      .execute();
  },
  succeeded: async (subject: string): Promise<void> => {
    await db.deleteFrom('signInAttempts').where('subject', '=', subject).execute();
  },
  /** Drops what is older, but never a lock that still holds. */
  forget: async (before: number, now: number): Promise<void> => {
    await db
      .deleteFrom('signInAttempts')
      .where('firstAt', '<', before)
      .where('lockedUntil', '<=', now)
      .execute();
  },
});
