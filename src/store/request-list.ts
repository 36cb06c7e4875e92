import type { RequestKind, RequestState } from '../domain/request/request.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Queries } from './database.ts';
import type { RequestRow } from './request-rows.ts';

/** Which requests to list. An absent member does not narrow. */
export interface RequestFilter {
  /** The projects that the reader may see. */
  readonly projectIds?: readonly string[] | undefined;
  readonly kinds?: readonly RequestKind[] | undefined;
  readonly states?: readonly RequestState[] | undefined;
  readonly tenant?: string | undefined;
  readonly environment?: string | undefined;
  readonly requesterId?: string | undefined;
}

/** Newest first; the next page starts after the last request of this one. */
export interface RequestPage {
  readonly after?: { readonly submittedAt: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** An open request, as a preview warns of it. */
export interface OpenRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly paths: readonly string[];
}

export async function listRequests(
  db: Queries,
  filter: RequestFilter,
  { after, limit }: RequestPage,
): Promise<readonly RequestRow[]> {
  const { projectIds, kinds, states, tenant, environment, requesterId } = filter;
  let query = db.selectFrom('requests').selectAll();
  if (projectIds) query = query.where('projectId', 'in', projectIds.length > 0 ? projectIds : ['']);
  if (kinds) query = query.where('kind', 'in', kinds);
  if (states) query = query.where('state', 'in', states);
  if (requesterId !== undefined) query = query.where('requesterId', '=', requesterId);
  if (tenant !== undefined || environment !== undefined) {
    query = query.where((eb) => {
      let places = eb
        .selectFrom('requestPlaces')
        .select('requestId')
        .whereRef('requestPlaces.requestId', '=', 'requests.id');
      if (tenant !== undefined) places = places.where('tenant', '=', tenant);
      if (environment !== undefined) places = places.where('environment', '=', environment);
      return eb.exists(places);
    });
  }
  if (after) {
    query = query.where((eb) =>
      eb(eb.refTuple('submittedAt', 'id'), '<', eb.tuple(after.submittedAt, after.id)),
    );
  }
  return query.orderBy('submittedAt', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** One tenant-environment of a request that can still change something. */
export interface OpenPlace extends TenantEnvironment {
  readonly requestId: string;
}

/** Every tenant-environment of every request of a project that can still change something. */
export const openPlaces = (db: Queries, projectId: string): Promise<readonly OpenPlace[]> =>
  db
    .selectFrom('requestPlaces')
    .innerJoin('requests', 'requests.id', 'requestPlaces.requestId')
    .select(['requestId', 'tenant', 'environment'])
    .where('requests.projectId', '=', projectId)
    .where('closedAt', 'is', null)
    .execute();

/** Requests of these tenant-environments that can still change something. */
export async function openRequests(
  db: Queries,
  projectId: string,
  where: readonly TenantEnvironment[],
): Promise<readonly OpenRequest[]> {
  if (where.length === 0) return [];
  const rows = await db
    .selectFrom('requests')
    .select(['id', 'kind', 'state', 'paths'])
    .where('projectId', '=', projectId)
    .where('closedAt', 'is', null)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('requestPlaces')
          .select('requestId')
          .whereRef('requestPlaces.requestId', '=', 'requests.id')
          .where((eb) =>
            eb.or(
              where.map(({ tenant, environment }) =>
                eb('tenant', '=', tenant).and('environment', '=', environment),
              ),
            ),
          ),
      ),
    )
    .orderBy('submittedAt')
    .execute();
  return rows.map((row) => ({ ...row, paths: JSON.parse(row.paths) as string[] }));
}
