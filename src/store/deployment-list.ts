import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Deployment, DeploymentSource, DeploymentStatus } from '../domain/deployment/deployment.ts';
import type { Queries } from './database.ts';
import { deploymentFrom, joined } from './deployment-rows.ts';
import type { JoinedRow } from './deployment-rows.ts';

/** Which deployments to list. An absent member does not narrow. */
export interface DeploymentFilter {
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly sources?: readonly DeploymentSource[] | undefined;
  readonly status?: DeploymentStatus | undefined;
  /** Part of the author's name, address or bot, in any case. */
  readonly author?: string | undefined;
  /** Part of the summary or beginning of the revision, in any case. */
  readonly text?: string | undefined;
  readonly since?: number | undefined;
}

/** Where a page ended: the next one starts after it. */
export interface DeploymentCursor {
  readonly position: number;
  readonly place: number;
}

export interface DeploymentPage {
  readonly after?: DeploymentCursor | undefined;
  readonly limit: number;
}

export interface DeploymentList {
  readonly deployments: readonly Deployment[];
  /** Absent on the last page. */
  readonly next: DeploymentCursor | undefined;
}

interface Asked {
  readonly filter: DeploymentFilter;
  readonly page: DeploymentPage;
}

// A search that finds little reads much. It does so in growing pieces, and lets others go first between them.
const firstWindow = 1000;
const lastWindow = 16_000;

/** Newest first. What no index answers at once walks the history in windows of positions until the page is full. */
export async function listDeployments(db: Queries, projectId: string, asked: Asked): Promise<DeploymentList> {
  const scope = await scopeOf(db, projectId, asked.filter);
  if (!scope) return { deployments: [], next: undefined };
  const { limit } = asked.page;
  const found: JoinedRow[] = [];
  let upTo = asked.page.after ?? { position: Number.MAX_SAFE_INTEGER, place: 0 };
  let step = isDirect(scope, asked.filter) ? Infinity : firstWindow;
  for (;;) {
    const newest = Math.min(upTo.position, scope.newest + 1);
    const from = Math.max(newest - step, scope.oldest);
    const window = { ...scope, filter: asked.filter, upTo, from };
    found.push(...(await readWindow(db, window, limit + 1 - found.length)));
    if (from <= scope.oldest || found.length > limit) break;
    upTo = { position: from, place: 0 };
    step = Math.min(step * 2, lastWindow);
    await setImmediate();
  }
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    deployments: rows.map((row) => deploymentFrom(projectId, row)),
    next: found.length > limit && last ? { position: last.position, place: last.place } : undefined,
  };
}

/** True when one index has exactly the rows wanted, in order. */
const isDirect = ({ places }: Pick<ListScope, 'places'>, filter: DeploymentFilter): boolean =>
  filter.sources === undefined &&
  filter.status === undefined &&
  !asksRevision(filter) &&
  (places?.length === 1 || (places === undefined && filter.service === undefined));

const asksRevision = ({ author, text, since }: DeploymentFilter): boolean =>
  author !== undefined || text !== undefined || since !== undefined;

interface ListScope {
  readonly project: number;
  readonly places: readonly number[] | undefined;
  readonly newest: number;
  readonly oldest: number;
}

/** The numbers of what is asked about; undefined when there is nothing of it. */
async function scopeOf(
  db: Queries,
  projectId: string,
  filter: DeploymentFilter,
): Promise<ListScope | undefined> {
  const { rows } = await sql<{ number: number; newest: number | null; oldest: number | null }>`
    select number, (select max(position) from revisions where project = number) as newest,
      (select min(position) from revisions where project = number) as oldest
    from projects where id = ${projectId}`.execute(db);
  const [found] = rows;
  if (!found || found.newest === null || found.oldest === null) return undefined;
  const { number: project, newest, oldest } = found;
  const { tenant, environment } = filter;
  if (tenant === undefined && environment === undefined)
    return { project, places: undefined, newest, oldest };
  let query = db.selectFrom('places').select('id').where('project', '=', project);
  if (tenant !== undefined) query = query.where('tenant', '=', tenant);
  if (environment !== undefined) query = query.where('environment', '=', environment);
  const places = (await query.execute()).map(({ id }) => id);
  return places.length === 0 ? undefined : { project, places, newest, oldest };
}

interface Window extends ListScope {
  readonly filter: DeploymentFilter;
  readonly upTo: DeploymentCursor;
  readonly from: number;
}

async function readWindow(db: Queries, asked: Window, limit: number): Promise<readonly JoinedRow[]> {
  const { upTo, from, project, places, filter } = asked;
  const conditions = [
    sql`(d.position, d.place) < (${upTo.position}, ${upTo.place})`,
    sql`d.position >= ${from}`,
    sql`d.project = ${project}`,
    ...inPlaces(places),
    ...ofService(asked, limit),
    ...(filter.sources ? [sql`d.source in (${sql.join([...filter.sources, ''])})`] : []),
    ...(filter.status ? [sql`d.status = ${filter.status}`] : []),
    ...(asksRevision(filter) ? [sql`d.position in (${revisionsOf(asked)})`] : []),
  ];
  const order = sql`order by d.position desc, d.place desc`;
  const which = sql`${sql.join(conditions, sql` and `)} ${order} limit ${limit}`;
  const { rows } = await sql<JoinedRow>`${joined(which)} ${order}`.execute(db);
  return rows;
}

function inPlaces(places: readonly number[] | undefined): RawBuilder<unknown>[] {
  if (places === undefined) return [];
  return places.length === 1 ? [sql`d.place = ${places[0]}`] : [sql`d.place in (${sql.join(places)})`];
}

/** Of one place, its services have an index of their own to start from; of several, each row is asked. */
function ofService({ places, filter, upTo, from }: Window, limit: number): RawBuilder<unknown>[] {
  const { service } = filter;
  if (service === undefined) return [];
  if (places?.length !== 1 || !isDirect({ places }, filter))
    return [
      sql`exists (select 1 from deployment_services s
        where s.place = d.place and s.service = ${service} and s.position = d.position)`,
    ];
  return [
    sql`d.position in (select s.position from deployment_services s
      where s.place = ${places[0]} and s.service = ${service}
        and s.position <= ${upTo.position} and s.position >= ${from}
      order by s.position desc limit ${limit + 1})`,
  ];
}

/** The commits of the window whose author, words and time are asked for: one look at each commit, not at each place. */
function revisionsOf({ project, upTo, from, filter }: Window): RawBuilder<unknown> {
  const { author, text, since } = filter;
  const conditions = [
    sql`x.project = ${project} and x.position <= ${upTo.position} and x.position >= ${from}`,
  ];
  if (since !== undefined) conditions.push(sql`x.at >= ${since}`);
  if (author !== undefined) {
    const said = sql`lower(x.author || ' ' || coalesce(x.email, '') || ' ' || coalesce(x.bot, ''))`;
    conditions.push(sql`${said} like ${containing(author)} escape '!'`);
  }
  if (text !== undefined) {
    const part = containing(text);
    conditions.push(
      sql`(lower(x.summary) like ${part} escape '!' or x.revision like ${part.slice(1)} escape '!')`,
    );
  }
  return sql`select x.position from revisions x where ${sql.join(conditions, sql` and `)}`;
}

const containing = (text: string): string => `%${text.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
