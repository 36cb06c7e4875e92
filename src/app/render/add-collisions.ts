import type { ServicePlace } from '../../delivery/delivery-places.ts';
import { type PlacedService, readDestinations } from '../../delivery/destinations.ts';
import { type MadeService, collisionHazards, serviceName } from '../../delivery/rendered-hazards.ts';
import { listScopes } from '../../domain/layout/list-scopes.ts';
import type { RenderedService } from '../../domain/rendered/rendered-change.ts';
import { drive } from '../../git/drive.ts';
import { generatorIn } from './rendered-tree.ts';
import { type Rendering, type ServiceRendering, renderAfter } from './render-service.ts';

/** How many more services may be rendered, and until when one may be begun: epoch milliseconds. */
export interface CollisionLimits {
  readonly most: number;
  readonly until: number;
}

/**
 * The rendered services with the objects that collide with those of a neighbour. Neighbours, the other services that go to
 * the same namespace of the same cluster, are rendered where an object comes; one that cannot be is passed over.
 */
export async function addCollisions(
  rendering: Rendering,
  done: readonly ServiceRendering[],
  { most, until }: CollisionLimits,
): Promise<readonly RenderedService[]> {
  const growing = done.filter(({ shown }) => shown.objects.some(({ change }) => change === 'added'));
  if (growing.length === 0) return done.map(({ shown }) => shown);
  const placed = await placedServices(rendering, growing);
  const whereTo = (place: ServicePlace): string =>
    placed.find((each) => serviceName(each.place) === serviceName(place))?.destination ??
    JSON.stringify(serviceName(place));
  const made: MadeService[] = done.map(({ shown, documents }) => ({
    place: shown,
    destination: whereTo(shown),
    documents,
  }));
  for (const service of neighboursOf(rendering, { made, growing, placed }).slice(0, most)) {
    if (Date.now() > until) break;
    made.push({ ...service, documents: await renderAfter(rendering, service.place) });
  }
  return done.map(({ shown }) => {
    const placedHere = { place: shown, destination: whereTo(shown), objects: shown.objects };
    return { ...shown, hazards: [...shown.hazards, ...collisionsOf(placedHere, made)] };
  });
}

function collisionsOf(...[shown, made]: Parameters<typeof collisionHazards>): RenderedService['hazards'] {
  try {
    return collisionHazards(shown, made);
  } catch {
    // What a neighbour makes is no YAML: that is said where the neighbour itself changes.
    return [];
  }
}

/** Where the services go that could be neighbours: as their Applications say, and else by tenant-environment. */
async function placedServices(
  { after }: Rendering,
  growing: readonly ServiceRendering[],
): Promise<readonly PlacedService[]> {
  const { reader, layout, root } = after;
  const generator = generatorIn(after);
  if (generator) return drive(reader, readDestinations(generator, root));
  const found: PlacedService[] = [];
  const where = Map.groupBy(growing, ({ shown }) => JSON.stringify([shown.tenant, shown.environment]));
  for (const [destination, [first]] of where)
    for (const { tenant, environment, services } of first
      ? await drive(reader, listScopes(layout, root, placeOf(first)))
      : [])
      found.push(...services.map((service) => ({ place: { tenant, environment, service }, destination })));
  return found;
}

const placeOf = ({ shown: { tenant, environment } }: ServiceRendering) => ({ tenant, environment });

interface Neighbourhood {
  readonly made: readonly MadeService[];
  readonly growing: readonly ServiceRendering[];
  readonly placed: readonly PlacedService[];
}

/** Services that go where an object comes, as far as who asks may see them; those of the same tenant-environment first. */
function neighboursOf(
  { mayRead }: Rendering,
  { made, growing, placed }: Neighbourhood,
): readonly PlacedService[] {
  const names = new Set(growing.map(({ shown }) => serviceName(shown)));
  const known = new Set(made.map(({ place }) => serviceName(place)));
  const grown = made.filter(({ place }) => names.has(serviceName(place)));
  const wanted = new Set(grown.map(({ destination }) => destination));
  const near = ({ place }: PlacedService): boolean =>
    grown.some((each) => each.place.tenant === place.tenant && each.place.environment === place.environment);
  const found = placed.filter(
    ({ place, destination }) =>
      wanted.has(destination) && !known.has(serviceName(place)) && mayRead({ ...place, generated: false }),
  );
  return [...found.filter(near), ...found.filter((each) => !near(each))];
}
