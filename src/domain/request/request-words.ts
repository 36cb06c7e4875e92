import type { Request } from './request.ts';

const listed = 3;

/** A request as people speak of it: whom it asks for, and what. */
export type SpokenRequest = Pick<Request, 'kind' | 'scope' | 'targetSha'>;

/** `acme/production api-gateway`, `2 fields of acme/production api-gateway`, `acme/dev and 4 more`. */
function placeOf({ scope }: SpokenRequest): string {
  const { where, service, selectedFields, mode } = scope;
  const names = where.slice(0, listed).map(({ tenant, environment }) => `${tenant}/${environment}`);
  const more = where.length - names.length;
  const places = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const inside = service === undefined ? places : `${places} ${service}`;
  const fields = selectedFields.length;
  return mode === 'field' ? `${fields} ${fields === 1 ? 'field' : 'fields'} of ${inside}` : inside;
}

const targetOf = ({ targetSha }: SpokenRequest): string => targetSha?.slice(0, 8) ?? 'an earlier revision';

/** What somebody asks to do: `roll back acme/production api-gateway to abc12345`. */
export function requestWish(request: SpokenRequest): string {
  if (request.kind !== 'rollback') return `make a ${request.kind} to ${placeOf(request)}`;
  if (request.scope.mode === 'undo') return `undo ${targetOf(request)} in ${placeOf(request)}`;
  return `roll back ${placeOf(request)} to ${targetOf(request)}`;
}

/** The thing itself: `rollback of acme/production api-gateway to abc12345`. */
export function requestName(request: SpokenRequest): string {
  if (request.kind !== 'rollback') return `${request.kind} to ${placeOf(request)}`;
  if (request.scope.mode === 'undo') return `undo of ${targetOf(request)} in ${placeOf(request)}`;
  return `rollback of ${placeOf(request)} to ${targetOf(request)}`;
}
