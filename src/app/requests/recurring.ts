import { recurrenceOf, recurrenceWindow } from '../../domain/request/recurrence.ts';
import type { Request } from '../../domain/request/request.ts';
import type { Hub } from '../hub.ts';

/** Nobody needs to know more exactly. */
const most = 20;

/** Which rollback of its tenant-environment this is within thirty days, from the third on. */
export async function recurring({ store, clock }: Hub, request: Request): Promise<number | undefined> {
  const window = recurrenceWindow(request, clock());
  if (!window) return undefined;
  const { id: except, projectId, scope } = request;
  const counts = scope.where.map((place) =>
    store.requests.rollbacksIn({ projectId, ...place, ...window }, { except, most }),
  );
  return recurrenceOf(Math.max(0, ...(await Promise.all(counts))));
}
