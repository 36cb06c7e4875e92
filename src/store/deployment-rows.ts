import { sql } from 'kysely';
import type { Generated, RawBuilder } from 'kysely';
import type { Deployment, DeploymentSource, DeploymentStatus } from '../domain/deployment/deployment.ts';

export interface RevisionRow {
  readonly project: number;
  readonly position: number;
  readonly revision: string;
  readonly at: number;
  readonly author: string;
  readonly email: string | null;
  readonly bot: string | null;
  readonly pullRequest: number | null;
  readonly summary: string;
}
export interface PlaceRow {
  readonly id: Generated<number>;
  readonly project: number;
  readonly tenant: string;
  readonly environment: string;
}
export interface DeploymentRow {
  readonly place: number;
  readonly position: number;
  readonly project: number;
  readonly services: string;
  readonly files: number;
  readonly fields: number | null;
  readonly source: DeploymentSource;
  readonly requestId: string | null;
  readonly status: DeploymentStatus;
  /** Null stands for the same services as `services`, which is the usual case and saves its room. */
  readonly statusServices: string | null;
}
export interface DeploymentServiceRow {
  readonly place: number;
  readonly service: string;
  readonly position: number;
}

/** A deployment as the three tables hold it, in short columns. */
export interface JoinedRow {
  readonly place: number;
  readonly tenant: string;
  readonly environment: string;
  readonly position: number;
  readonly revision: string;
  readonly at: number;
  readonly author: string;
  readonly email: string | null;
  readonly bot: string | null;
  readonly pullRequest: number | null;
  readonly summary: string;
  readonly services: string;
  readonly files: number;
  readonly fields: number | null;
  readonly source: DeploymentSource;
  readonly requestId: string | null;
  readonly status: DeploymentStatus;
  readonly statusServices: string | null;
}

const joinedColumns = sql.raw<JoinedRow>(
  `p.id as place, p.tenant, p.environment, d.position, r.revision, r.at, r.author, r.email, r.bot, r.pull_request,
   r.summary, d.services, d.files, d.fields, d.source, d.request_id, d.status, d.status_services`,
);

/**
 * Deployments with their places and revisions. Which ones is decided on their own narrow table first, order and limit
 * included: neither database may begin with the many revisions.
 */
export const joined = (which: RawBuilder<unknown>): RawBuilder<JoinedRow> =>
  sql<JoinedRow>`select ${joinedColumns} from (select d.* from deployments d where ${which}) d
    join places p on p.id = d.place
    join revisions r on r.project = d.project and r.position = d.position`;

export function deploymentFrom(projectId: string, row: JoinedRow): Deployment {
  const services = JSON.parse(row.services) as string[];
  const touched = row.statusServices === null ? services : (JSON.parse(row.statusServices) as string[]);
  return {
    projectId,
    tenant: row.tenant,
    environment: row.environment,
    revision: row.revision,
    position: row.position,
    at: row.at,
    author: { name: row.author, email: row.email ?? undefined, bot: row.bot ?? undefined },
    pullRequest: row.pullRequest ?? undefined,
    summary: row.summary,
    services,
    files: row.files,
    fields: row.fields ?? undefined,
    source: row.source,
    requestId: row.requestId ?? undefined,
    status: row.status,
    statusServices: row.status === 'success' ? [] : touched,
  };
}
