import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestKind } from '../../domain/request/request.ts';
import { demandSight } from '../../domain/people/rights.ts';
import { placesOf } from '../../domain/request/votes.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Tables } from '../../store/tables.ts';

/** How a request is named; `kind` narrows it to one sort, as the addresses for rollbacks alone do. */
export interface RequestName {
  readonly id: string;
  readonly kind?: RequestKind | undefined;
}

const what = 'this request';

/**
 * The request, for whoever may read one of the places that it changes. Throws `not_visible` for everybody else, and
 * where there is none; a credential that may not read at all is told so.
 */
export async function findRequest(
  tables: Pick<Tables, 'requests'>,
  actor: Actor,
  { id, kind }: RequestName,
): Promise<StoredRequest> {
  const request = await tables.requests.get(id);
  if (!request || (kind !== undefined && request.kind !== kind)) throw new Refusal('not_visible', { what });
  demandSight(actor, placesOf(request), what);
  return request;
}
