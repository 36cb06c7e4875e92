import type { Actor } from '../../domain/people/actor.ts';
import { decideAll } from '../../domain/people/rights.ts';
import { placesOf } from '../../domain/request/votes.ts';

/** True when the door shows the request to the actor: they may read every place that it changes. */
export function mayOpen(actor: Actor, request: Parameters<typeof placesOf>[0]): boolean {
  const places = placesOf(request);
  return places.length > 0 && decideAll(actor, 'read', places).allowed;
}
