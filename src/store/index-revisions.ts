import { sql } from 'kysely';
import type { RawBuilder, Selectable } from 'kysely';
import type { Deployment } from '../domain/deployment/deployment.ts';
import type { DatabaseKind, Queries } from './database.ts';
import type { PlaceRow } from './deployment-rows.ts';
import { remembered } from './prepared.ts';

/** What one commit did to one tenant-environment. */
export type IndexedDeployment = Pick<
  Deployment,
  'tenant' | 'environment' | 'services' | 'files' | 'fields' | 'source' | 'requestId'
>;

/** One commit of the first-parent line with all that it deployed; nothing, for a commit that touched no place. */
export interface IndexedRevision extends Pick<
  Deployment,
  'revision' | 'position' | 'at' | 'author' | 'pullRequest' | 'summary'
> {
  readonly deployments: readonly IndexedDeployment[];
}

type Cell = string | number | null;

/**
 * Writes a batch of revisions with a few statements. A few hundred at a time: others wait for that long. A batch that was written before
 * is written over, so a scan that was interrupted may simply be started again.
 */
export async function indexRevisions(
  { db, kind }: { readonly db: Queries; readonly kind: DatabaseKind },
  project: number,
  revisions: readonly IndexedRevision[],
): Promise<void> {
  const places = await placeNumbers(db, project, revisions);
  const rows = cellsOf(project, places, revisions);
  await sql`insert into revisions (project, position, revision, at, author, email, bot, pull_request, summary)
    select ${cells('iititttit')} from ${table(kind, rows.revisions)} where true
    on conflict (project, position) do update set revision = excluded.revision, at = excluded.at,
      author = excluded.author, email = excluded.email, bot = excluded.bot,
      pull_request = excluded.pull_request, summary = excluded.summary`.execute(db);
  await sql`insert into deployments
      (place, position, project, services, files, fields, source, request_id, status, status_services)
    select ${cells('iiitiittt')}, null from ${table(kind, rows.deployments)} where true
    on conflict (place, position) do update set services = excluded.services, files = excluded.files,
      fields = coalesce(excluded.fields, deployments.fields), source = excluded.source,
      request_id = coalesce(excluded.request_id, deployments.request_id)`.execute(db);
  await sql`insert into deployment_services (place, service, position)
    select ${cells('iti')} from ${table(kind, rows.services)} where true
    on conflict do nothing`.execute(db);
}

/** The number of each place, as `tenant/environment` joined by a character that neither can have. */
async function placeNumbers(
  db: Queries,
  project: number,
  revisions: readonly IndexedRevision[],
): Promise<ReadonlyMap<string, number>> {
  const named = new Map(
    revisions.flatMap(({ deployments }) =>
      deployments.map(({ tenant, environment }) => [
        placeKey({ tenant, environment }),
        { project, tenant, environment },
      ]),
    ),
  );
  if (named.size === 0) return new Map();
  const known = await knownPlaces(db, project);
  const missing = [...named].filter(([key]) => !known.has(key)).map(([, place]) => place);
  if (missing.length === 0) return known;
  await db
    .insertInto('places')
    .values(missing)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return knownPlaces(db, project);
}

const placesOf = remembered<{ readonly project: number }, Selectable<PlaceRow>>(['places'], (db, value) =>
  db.selectFrom('places').selectAll().where('project', '=', value('project')).compile(),
);

const knownPlaces = async (db: Queries, project: number): Promise<ReadonlyMap<string, number>> =>
  new Map((await placesOf(db, { project })).map((row) => [placeKey(row), row.id]));

const placeKey = ({
  tenant,
  environment,
}: {
  readonly tenant: string;
  readonly environment: string;
}): string => `${tenant}/${environment}`;

function cellsOf(
  project: number,
  places: ReadonlyMap<string, number>,
  revisions: readonly IndexedRevision[],
): Readonly<Record<'revisions' | 'deployments' | 'services', Cell[][]>> {
  const rows = { revisions: [] as Cell[][], deployments: [] as Cell[][], services: [] as Cell[][] };
  for (const { revision, position, at, author, pullRequest, summary, deployments } of revisions) {
    const { name, email = null, bot = null } = author;
    rows.revisions.push([project, position, revision, at, name, email, bot, pullRequest ?? null, summary]);
    for (const { services, files, fields = null, source, requestId = null, ...where } of deployments) {
      const place = places.get(placeKey(where)) ?? null;
      const named = JSON.stringify(services);
      rows.deployments.push([place, position, project, named, files, fields, source, requestId, 'success']);
      for (const service of services) rows.services.push([place, service, position]);
    }
  }
  return rows;
}

/** Rows as one JSON parameter: the statement stays the same whatever their number, and is prepared once. */
const table = (kind: DatabaseKind, rows: readonly (readonly Cell[])[]): RawBuilder<unknown> => {
  const json = JSON.stringify(rows);
  return kind === 'sqlite'
    ? sql`json_each(${json}) as t`
    : sql`json_array_elements(cast(${json} as json)) as t`;
};

/** The cells of such a row: `i` for an integer, `t` for text. */
const cells = (kinds: string): RawBuilder<unknown> =>
  sql.raw(
    Array.from(kinds, (kind, at) =>
      kind === 'i' ? `cast(t.value->>${at} as bigint)` : `t.value->>${at}`,
    ).join(', '),
  );
