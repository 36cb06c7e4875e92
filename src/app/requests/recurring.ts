import type { Deployment } from '../../domain/deployment/deployment.ts';
import { recurrenceOf, recurrenceWindow, windowUntil } from '../../domain/request/recurrence.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Hub } from '../hub.ts';

/** Nobody needs to know more exactly. */
const most = 20;

/** Which rollback of its tenant-environment this is within thirty days, from the third on. */
export async function recurring({ store, clock }: Hub, request: Request): Promise<number | undefined> {
  const counts = countedFor(request, clock()).map((place) => store.requests.rollbacksIn(place, most));
  return counts.length === 0 ? undefined : recurrenceOf(Math.max(...(await Promise.all(counts))));
}

/** The same for all requests of a page by one query: by id, those that recur. */
export async function recurringAmong(
  { store, clock }: Hub,
  requests: readonly Request[],
): Promise<ReadonlyMap<string, number>> {
  const now = clock();
  const asked = requests.flatMap((request) => countedFor(request, now));
  const counts = await store.requests.rollbacksInEach(asked, most);
  const found = new Map<string, number>();
  for (const [index, { except: id }] of asked.entries()) {
    const number = recurrenceOf(counts[index] ?? 0);
    if (number !== undefined) found.set(id, Math.max(number, found.get(id) ?? 0));
  }
  return found;
}

/** Where and when other rollbacks count for this one; nowhere for what is none. */
function countedFor(request: Request, now: number) {
  const window = recurrenceWindow(request, now);
  const { id: except, projectId, scope } = request;
  return window ? scope.where.map((place) => ({ projectId, ...place, ...window, except })) : [];
}

type Row = Pick<Deployment, 'projectId' | 'tenant' | 'environment' | 'source' | 'requestId'>;

/** Which rollback of its tenant-environment each row of a history is, in their order; undefined for most. */
export async function recurringRows(
  { store }: Pick<Hub, 'store'>,
  rows: readonly Row[],
): Promise<readonly (number | undefined)[]> {
  const ids = rows.flatMap(({ source, requestId }) =>
    source === 'rollback' && requestId !== undefined ? [requestId] : [],
  );
  const ends = await store.requests.rollbackEnds([...new Set(ids)]);
  const asked = rows.flatMap((row, index) => {
    const { projectId, tenant, environment, requestId: except = '' } = row;
    const end = ends.get(except);
    return end === undefined ? [] : [{ index, projectId, tenant, environment, ...windowUntil(end), except }];
  });
  const counts = await store.requests.rollbacksInEach(asked, most);
  const found = new Map(asked.map(({ index }, at) => [index, recurrenceOf(counts[at] ?? 0)]));
  return rows.map((_, index) => found.get(index));
}
