import { sql } from 'kysely';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';
import { prepared } from './prepared.ts';

/** A place, and the moments between which something was completed; one request does not count. */
export interface CompletedIn extends TenantEnvironment {
  readonly projectId: string;
  readonly from: number;
  readonly until: number;
  readonly except: string;
}

interface Limit {
  /** Where counting stops. */
  readonly most: number;
}

// Quotes inside of a text are escaped, so only the scope itself reads like this.
const undos = '%"mode":"undo"%';

/** Newest first: of a place with a long history, few rows are read before `most` are found. */
const rollbacksIn = prepared<CompletedIn & Limit, { readonly id: string }>((db, value) =>
  db
    .selectFrom('requestPlaces')
    .innerJoin('requests', 'requests.id', 'requestPlaces.requestId')
    .select('requests.id')
    .where('requestPlaces.projectId', '=', value('projectId'))
    .where('requestPlaces.tenant', '=', value('tenant'))
    .where('requestPlaces.environment', '=', value('environment'))
    .where('requests.kind', '=', 'rollback')
    .where('requests.state', '=', 'completed')
    .where('requests.closedAt', '>', value('from'))
    .where('requests.closedAt', '<=', value('until'))
    .where('requests.id', '!=', value('except'))
    .where('requests.body', 'not like', undos)
    .orderBy('requestPlaces.requestId', 'desc')
    .limit(value('most'))
    .compile(),
);

/** How many rollbacks were completed there, undos left out. */
export const countRollbacks = async (db: Queries, place: CompletedIn, { most }: Limit): Promise<number> =>
  (await rollbacksIn(db, { ...place, most })).rows.length;

/** A statement has 32,766 values at most, and none is needed that asks for more. */
const batch = 500;

const batches = <Item>(all: readonly Item[]): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(all.length / batch) }, (_, index) =>
    all.slice(index * batch, (index + 1) * batch),
  );

/** The same for many places by one query, in their order. */
export async function countRollbacksEach(
  db: Queries,
  places: readonly CompletedIn[],
  { most }: Limit,
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const some of batches(places)) {
    const asked = some.map(
      ({ projectId, tenant, environment, from, until, except }, place) =>
        sql`(cast(${place} as bigint), ${projectId}, ${tenant}, ${environment}, cast(${from} as bigint), cast(${until} as bigint), ${except})`,
    );
    const { rows } = await sql<{ readonly place: number; readonly found: number }>`
      with asked (place, project, tenant, environment, since, upto, own) as (values ${sql.join(asked)})
      select asked.place as place, (
        select count(*) from (
          select p.request_id from request_places p join requests r on r.id = p.request_id
          where p.project_id = asked.project and p.tenant = asked.tenant and p.environment = asked.environment
            and r.kind = 'rollback' and r.state = 'completed' and r.closed_at > asked.since
            and r.closed_at <= asked.upto and r.id <> asked.own and r.body not like ${undos}
          order by p.request_id desc limit ${most}
        ) of_it
      ) as found from asked order by asked.place`.execute(db);
    counts.push(...rows.map(({ found }) => found));
  }
  return counts;
}

/** When the rollbacks among these requests were completed, by id; undos and all others are absent. */
export async function rollbackEnds(
  db: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>();
  for (const some of batches(ids)) {
    const rows = await db
      .selectFrom('requests')
      .select(['id', 'closedAt'])
      .where('id', 'in', some)
      .where('kind', '=', 'rollback')
      .where('state', '=', 'completed')
      .where('body', 'not like', undos)
      .execute();
    for (const { id, closedAt } of rows) if (closedAt !== null) ends.set(id, closedAt);
  }
  return ends;
}
