import type { Queries } from './database.ts';
import { remembered } from './prepared.ts';

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly version: number;
}

const byName = remembered<{ readonly name: string }, Pick<SettingRow, 'value'>>(['settings'], (db, value) =>
  db.selectFrom('settings').select('value').where('name', '=', value('name')).compile(),
);

/** Values of the whole instance under a name: its plan, its keys, how far a background task came. */
export const settings = (db: Queries) => ({
  get: async <T>(name: string): Promise<T | undefined> => {
    const [row] = await byName(db, { name });
    return row && (JSON.parse(row.value) as T);
  },
  set: async (name: string, value: unknown): Promise<void> => {
    const text = JSON.stringify(value);
    await db
      .insertInto('settings')
      .values({ name, value: text, version: 1 })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet((eb) => ({ value: text, version: eb('settings.version', '+', 1) })),
      )
      .execute();
  },
  /** Sets it unless it is there; answers what is there then. For keys and ids that are made once. */
  setOnce: async <T>(name: string, value: T): Promise<T> => {
    await db
      .insertInto('settings')
      .values({ name, value: JSON.stringify(value), version: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow();
    return JSON.parse(row.value) as T;
  },
});
