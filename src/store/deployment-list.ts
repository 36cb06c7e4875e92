import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Deployment, DeploymentSource } from '../domain/deployment.ts';
import type { Queries } from './database.ts';
import { deploymentFrom, joinedColumns, joinedTables } from './deployment-rows.ts';
import type { JoinedRow } from './deployment-rows.ts';

/** Which deployments to list. An absent member does not narrow. */
export interface DeploymentFilter {
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly service?: string | undefined;
  readonly sources?: readonly DeploymentSource[] | undefined;
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
const firstWindow = 2000;
const lastWindow = 32_000;

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
const isDirect = (
  { places }: ListScope,
  { author, text, sources, since, service }: DeploymentFilter,
): boolean =>
  author === undefined &&
  text === undefined &&
  sources === undefined &&
  since === undefined &&
  (places?.length === 1 || (places === undefined && service === undefined));

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
  const { service } = filter;
  const conditions = [
    sql`(d.position, d.place) < (${upTo.position}, ${upTo.place})`,
    sql`d.position >= ${from}`,
    sql`d.project = ${project}`,
    ...inPlaces(places),
    ...(service === undefined ? [] : [ofService(service)]),
    ...narrowing(filter),
  ];
  const { rows } = await sql<JoinedRow>`select ${joinedColumns} from ${joinedTables}
    where ${sql.join(conditions, sql` and `)}
    order by d.position desc, d.place desc limit ${limit}`.execute(db);
  return rows;
}

function inPlaces(places: readonly number[] | undefined): RawBuilder<unknown>[] {
  if (places === undefined) return [];
  return places.length === 1 ? [sql`d.place = ${places[0]}`] : [sql`d.place in (${sql.join(places)})`];
}

const ofService = (service: string): RawBuilder<unknown> =>
  sql`exists (select 1 from deployment_services s
    where s.place = d.place and s.service = ${service} and s.position = d.position)`;

function narrowing({ sources, author, text, since }: DeploymentFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [];
  if (sources) conditions.push(sql`d.source in (${sql.join(sources.length > 0 ? sources : [''])})`);
  if (since !== undefined) conditions.push(sql`r.at >= ${since}`);
  if (author !== undefined) {
    const part = containing(author);
    const said = sql`lower(r.author || ' ' || coalesce(r.email, '') || ' ' || coalesce(r.bot, ''))`;
    conditions.push(sql`${said} like ${part} escape '!'`);
  }
  if (text !== undefined) {
    const start = containing(text).slice(1);
    conditions.push(
      sql`(lower(r.summary) like ${containing(text)} escape '!' or r.revision like ${start} escape '!')`,
    );
  }
  return conditions;
}

const containing = (text: string): string => `%${text.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
