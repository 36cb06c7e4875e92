import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestKind } from '../../domain/request/request.ts';
import { decide } from '../../domain/people/rights.ts';
import { placesOf } from '../../domain/request/votes.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Tables } from '../../store/tables.ts';

/** How a request is named; `kind` narrows it to one sort, as the addresses for rollbacks alone do. */
export interface RequestName {
  readonly id: string;
  readonly kind?: RequestKind | undefined;
}

const hidden = (): Refusal => new Refusal('not_visible', { what: 'this request' });

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
  if (!request || (kind !== undefined && request.kind !== kind)) throw hidden();
  const verdicts = placesOf(request).map((place) => decide(actor, 'read', place));
  if (verdicts.some(({ allowed }) => allowed)) return request;
  const [first] = verdicts;
  const unseen = ['not_visible', 'grant_missing', 'role_missing'];
  throw first?.refusal && !unseen.includes(first.refusal.code) ? first.refusal : hidden();
}
