import type { ServicePlace } from '../../delivery/delivery-places.ts';
import { type MadeService, collisionHazards } from '../../delivery/rendered-hazards.ts';
import { listScopes } from '../../domain/layout/list-scopes.ts';
import type { RenderedService } from '../../domain/rendered/rendered-change.ts';
import { drive } from '../../git/drive.ts';
import { type Rendering, type ServiceRendering, renderAfter } from './render-service.ts';

/** How many more services may be rendered, and until when one may be begun: epoch milliseconds. */
export interface CollisionLimits {
  readonly most: number;
  readonly until: number;
}

/**
 * The rendered services with the objects that collide with those of a neighbour. Neighbours, the other services of the
 * same tenant-environment, are rendered where an object comes; one that cannot be is passed over.
 */
export async function addCollisions(
  rendering: Rendering,
  done: readonly ServiceRendering[],
  { most, until }: CollisionLimits,
): Promise<readonly RenderedService[]> {
  const made: MadeService[] = done.map(({ shown, documents }) => ({ ...shown, documents }));
  const neighbours = await neighboursOf(rendering, done);
  for (const place of neighbours.slice(0, most)) {
    if (Date.now() > until) break;
    made.push({ ...place, documents: await renderAfter(rendering, place) });
  }
  return done.map(({ shown }) => {
    const hazards = [...shown.hazards, ...collisionsOf(shown, made)];
    return { ...shown, hazards };
  });
}

function collisionsOf(shown: RenderedService, made: readonly MadeService[]): RenderedService['hazards'] {
  try {
    return collisionHazards(shown, made);
  } catch {
    // What a neighbour makes is no YAML: that is said where the neighbour itself changes.
    return [];
  }
}

/** Services beside those that get an object, as far as who asks may see them. */
async function neighboursOf(
  { after: { reader, layout, root }, mayRead }: Rendering,
  done: readonly ServiceRendering[],
): Promise<readonly ServicePlace[]> {
  const growing = done.filter(({ shown }) => shown.objects.some(({ change }) => change === 'added'));
  if (growing.length === 0) return [];
  const where = new Map(
    growing.map(({ shown: { tenant, environment } }) => [
      `${tenant}/${environment}`,
      { tenant, environment },
    ]),
  );
  const known = new Set(done.map(({ shown }) => nameOf(shown)));
  const found: ServicePlace[] = [];
  for (const place of where.values())
    for (const { tenant, environment, services } of await drive(reader, listScopes(layout, root, place)))
      found.push(...services.map((service) => ({ tenant, environment, service })));
  return found.filter((place) => !known.has(nameOf(place)) && mayRead({ ...place, generated: false }));
}

const nameOf = ({ tenant, environment, service }: ServicePlace): string =>
  `${tenant}/${environment}/${service}`;
