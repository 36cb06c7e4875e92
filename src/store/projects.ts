import type { Generated, Selectable } from 'kysely';
import { changedOne } from './changed-rows.ts';
import type { Queries } from './database.ts';
import { forgetProject } from './forget-project.ts';
import { remembered } from './prepared.ts';

export interface ProjectRow {
  readonly number: Generated<number>;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: 'hosted' | 'connected';
  readonly settings: string;
  readonly sealedCredentials: string | null;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt: number | null;
}

/** A project as it is stored. `settings` is a JSON value whose shape the use cases own. */
export interface StoredProject<Settings> {
  readonly id: string;
  /** Its name in addresses; unique among projects that are not deleted. */
  readonly slug: string;
  readonly name: string;
  readonly kind: 'hosted' | 'connected';
  readonly settings: Settings;
  /** Credentials of the upstream, encrypted before they come here. */
  readonly sealedCredentials: string | undefined;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const projectFrom = <Settings>(row: Selectable<ProjectRow>): StoredProject<Settings> => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  kind: row.kind,
  settings: JSON.parse(row.settings) as Settings,
  sealedCredentials: row.sealedCredentials ?? undefined,
  version: row.version,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});

const present = (db: Queries) => db.selectFrom('projects').selectAll().where('deletedAt', 'is', null);

const presentById = remembered<{ readonly id: string }, Selectable<ProjectRow>>(['projects'], (db, value) =>
  present(db).where('id', '=', value('id')).compile(),
);

const presentBySlug = remembered<{ readonly slug: string }, Selectable<ProjectRow>>(
  ['projects'],
  (db, value) => present(db).where('slug', '=', value('slug')).compile(),
);

/** Projects. A deleted one keeps its row, because requests and audit entries name it, but is not found here. */
export const projects = (db: Queries) => {
  return {
    /** Throws a duplicate error when the slug is taken. */
    add: async <Settings>(project: StoredProject<Settings>): Promise<void> => {
      const settings = JSON.stringify(project.settings);
      const sealedCredentials = project.sealedCredentials ?? null;
      await db
        .insertInto('projects')
        .values({ ...project, settings, sealedCredentials, deletedAt: null })
        .execute();
    },
    get: async <Settings>(id: string): Promise<StoredProject<Settings> | undefined> => {
      const [row] = await presentById(db, { id });
      return row && projectFrom<Settings>(row);
    },
    bySlug: async <Settings>(slug: string): Promise<StoredProject<Settings> | undefined> => {
      const [row] = await presentBySlug(db, { slug });
      return row && projectFrom<Settings>(row);
    },
    /** What a deleted project was; undefined when there was none of this id. */
    deleted: async (id: string): Promise<Pick<ProjectRow, 'id' | 'kind'> | undefined> =>
      db
        .selectFrom('projects')
        .select(['id', 'kind'])
        .where('id', '=', id)
        .where('deletedAt', 'is not', null)
        .executeTakeFirst(),
    /** By slug. */
    list: async <Settings>(): Promise<readonly StoredProject<Settings>[]> => {
      const rows = await present(db).orderBy('slug').execute();
      return rows.map((row) => projectFrom<Settings>(row));
    },
    /** Writes name, slug, settings and credentials over the version that was read. False: changed meanwhile. */
    change: async <Settings>(project: StoredProject<Settings>): Promise<boolean> => {
      const { id, slug, name, version, updatedAt } = project;
      const settings = JSON.stringify(project.settings);
      const sealedCredentials = project.sealedCredentials ?? null;
      return changedOne(
        await db
          .updateTable('projects')
          .set({ slug, name, settings, sealedCredentials, updatedAt, version: version + 1 })
          .where('id', '=', id)
          .where('version', '=', version)
          .where('deletedAt', 'is', null)
          .executeTakeFirstOrThrow(),
      );
    },
    /** With what other tables say of it, but for requests and their record. False: it was deleted before. */
    remove: async (id: string, now: number): Promise<boolean> => {
      await forgetProject(db, id);
      return changedOne(
        await db
          .updateTable('projects')
          .set({ deletedAt: now, sealedCredentials: null })
          .where('id', '=', id)
          .where('deletedAt', 'is', null)
          .executeTakeFirstOrThrow(),
      );
    },
  };
};
