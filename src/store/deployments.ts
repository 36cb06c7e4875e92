import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Deployment, DeploymentSource } from '../domain/deployment/deployment.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { DatabaseKind, Queries } from './database.ts';
import { listDeployments } from './deployment-list.ts';
import type { DeploymentFilter, DeploymentPage } from './deployment-list.ts';
import { deploymentFrom, joined } from './deployment-rows.ts';
import type { JoinedRow } from './deployment-rows.ts';
import { indexRevisions } from './index-revisions.ts';
import type { IndexedRevision } from './index-revisions.ts';
import { markRolledBack } from './mark-rolled-back.ts';
import { prepared } from './prepared.ts';
import type { RolledBackRange } from './mark-rolled-back.ts';

const projectOf = (projectId: string) => sql`(select number from projects where id = ${projectId})`;
const placeOf = (projectId: string, { tenant, environment }: TenantEnvironment) =>
  sql`(select p.id from places p where p.project = ${projectOf(projectId)}
    and p.tenant = ${tenant} and p.environment = ${environment})`;

interface Commit {
  readonly projectId: string;
  readonly revision: string;
}

const positions = prepared<Commit, { readonly position: number }>((db, value) =>
  sql<{ position: number }>`select position from revisions r
    where r.project = ${projectOf(value('projectId'))} and r.revision = ${value('revision')}`.compile(db),
);

const readers = (db: Queries) => ({
  /** The newest at this place whose position fits. */
  newest: async (
    projectId: string,
    where: TenantEnvironment,
    position: RawBuilder<unknown>,
  ): Promise<Deployment | undefined> => {
    const which = sql`d.place = ${placeOf(projectId, where)} and d.position ${position}
      order by d.position desc limit 1`;
    const { rows } = await joined(which).execute(db);
    return rows[0] && deploymentFrom(projectId, rows[0]);
  },
  many: async (
    projectId: string,
    which: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
  ): Promise<readonly Deployment[]> => {
    const { rows } = await sql<JoinedRow>`${joined(which)} ${order}`.execute(db);
    return rows.map((row) => deploymentFrom(projectId, row));
  },
});

/** The history index: which revision touched which tenant-environment. Rebuilt from Git whenever that is wanted. */
export const deployments = (db: Queries, kind: DatabaseKind) => {
  const { newest, many } = readers(db);
  return {
    /** Writes a batch of commits, each once; the same batch again changes nothing. */
    index: async (projectId: string, revisions: readonly IndexedRevision[]): Promise<void> => {
      const { number } = await db
        .selectFrom('projects')
        .select('number')
        .where('id', '=', projectId)
        .executeTakeFirstOrThrow();
      await indexRevisions({ db, kind }, number, revisions);
    },
    /** Newest first, by position. */
    list: (projectId: string, filter: DeploymentFilter, page: DeploymentPage) =>
      listDeployments(db, projectId, { filter, page }),
    /** The row of exactly this revision in this tenant-environment. */
    get: (projectId: string, where: TenantEnvironment, revision: string): Promise<Deployment | undefined> =>
      newest(projectId, where, sql`= ${positionOf(projectId, revision)}`),
    /** The rows of exactly this revision, by tenant and environment. */
    ofRevision: async (projectId: string, revision: string): Promise<readonly Deployment[]> => {
      const which = sql`d.project = ${projectOf(projectId)} and d.position = ${positionOf(projectId, revision)}`;
      return many(projectId, which, sql`order by p.tenant, p.environment`);
    },
    /** Rows whose fields nobody has counted, newest first, before a position. */
    uncounted: async (
      projectId: string,
      page: { readonly before: number; readonly limit: number },
    ): Promise<readonly Deployment[]> => {
      const order = sql`order by d.position desc, d.place desc`;
      const which = sql`d.project = ${projectOf(projectId)} and d.position < ${page.before}
        and d.fields is null ${order} limit ${page.limit}`;
      return many(projectId, which, order);
    },
    /** The deployment that was in force when this revision was the head: its own, or the last one before. */
    inForce: (
      projectId: string,
      where: TenantEnvironment,
      revision: string,
    ): Promise<Deployment | undefined> =>
      newest(projectId, where, sql`<= ${positionOf(projectId, revision)}`),
    /** The first one after a position. */
    after: (projectId: string, where: TenantEnvironment, position: number): Promise<Deployment | undefined> =>
      newest(
        projectId,
        where,
        sql`= (select min(x.position) from deployments x
            where x.place = ${placeOf(projectId, where)} and x.position > ${position})`,
      ),
    /** The last one before a position; of one service, when it is named. */
    before: (
      projectId: string,
      where: TenantEnvironment & { readonly service?: string | undefined },
      position: number,
    ): Promise<Deployment | undefined> =>
      newest(
        projectId,
        where,
        where.service === undefined
          ? sql`< ${position}`
          : sql`= (select max(s.position) from deployment_services s
              where s.place = ${placeOf(projectId, where)} and s.service = ${where.service}
                and s.position < ${position})`,
      ),
    /** The newest of every tenant-environment, by tenant and environment. */
    latest: async (projectId: string): Promise<readonly Deployment[]> => {
      const which = sql`(d.place, d.position) in (
        select p.id, (select max(x.position) from deployments x where x.place = p.id)
        from places p where p.project = ${projectOf(projectId)})`;
      return many(projectId, which, sql`order by p.tenant, p.environment`);
    },
    position: async (projectId: string, revision: string): Promise<number | undefined> => {
      const { rows } = await positions(db, { projectId, revision });
      return rows[0]?.position;
    },
    /** The names of the services that were ever deployed there. */
    services: async (projectId: string, where: TenantEnvironment): Promise<readonly string[]> => {
      const { rows } = await sql<{ service: string }>`
        select distinct s.service from deployment_services s
        where s.place = ${placeOf(projectId, where)} order by s.service`.execute(db);
      return rows.map(({ service }) => service);
    },
    /** Field counts come later, from the background. Does nothing when the revision is not in the index any more. */
    setFields: async (
      projectId: string,
      where: TenantEnvironment & { readonly revision: string },
      fields: number,
    ): Promise<void> => {
      await sql`update deployments set fields = ${fields}
        where position = ${positionOf(projectId, where.revision)}
        and place = ${placeOf(projectId, where)}`.execute(db);
    },
    /** Names the request behind a revision, and what kind of change it was. */
    setSource: async (
      projectId: string,
      revision: string,
      by: { readonly source: DeploymentSource; readonly requestId: string },
    ): Promise<void> => {
      await sql`update deployments set source = ${by.source}, request_id = ${by.requestId}
        where project = ${projectOf(projectId)} and position = ${positionOf(projectId, revision)}`.execute(
        db,
      );
    },
    markRolledBack: (projectId: string, range: RolledBackRange): Promise<void> =>
      markRolledBack(db, placeOf(projectId, range), range),
    /**
     * After many were indexed: PostgreSQL would go on for a minute with plans for an empty table, 200 ms a page.
     * SQLite needs none: its plans follow from the indexes.
     */
    refreshStatistics: async (): Promise<void> => {
      if (kind === 'postgres')
        await sql`analyze revisions, places, deployments, deployment_services`.execute(db);
    },
    /** Empties the index of a project, for a rebuild or because the project is gone. */
    clear: (projectId: string): Promise<void> => clearIndex(db, projectId),
  };
};

const positionOf = (projectId: string, revision: string) =>
  sql`(select x.position from revisions x where x.project = ${projectOf(projectId)} and x.revision = ${revision})`;

async function clearIndex(db: Queries, projectId: string): Promise<void> {
  const places = sql`(select id from places where project = ${projectOf(projectId)})`;
  await sql`delete from deployment_services where place in ${places}`.execute(db);
  await sql`delete from deployments where place in ${places}`.execute(db);
  await sql`delete from places where project = ${projectOf(projectId)}`.execute(db);
  await sql`delete from revisions where project = ${projectOf(projectId)}`.execute(db);
}
