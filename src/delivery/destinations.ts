import { listScopes } from '../domain/layout/list-scopes.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import type { ServicePlace } from './delivery-places.ts';
import { destinationIn } from './object-identity.ts';
import type { Generator } from './regenerate.ts';

/** A service, and where its objects go: equal texts mean one namespace of one cluster. */
export interface PlacedService {
  readonly place: ServicePlace;
  readonly destination: string;
}

/** The cluster and the namespace; without an Application in these files, the tenant-environment. */
export function destinationOf(
  { places }: Generator,
  files: ReadonlyMap<string, string>,
  place: ServicePlace,
): string {
  const application = places.application(place);
  const text = application === undefined ? undefined : files.get(application);
  if (text === undefined) return JSON.stringify(['', place.tenant, place.environment]);
  const { cluster, namespace } = destinationIn(text);
  return JSON.stringify([cluster, namespace]);
}

/** Where every service of a tree goes; `written` are files that are not in it yet. Reads all Applications. */
export function* readDestinations(
  generator: Generator,
  root: Oid,
  written: ReadonlyMap<string, string> = new Map(),
): Walk<readonly PlacedService[]> {
  const { layout, places } = generator;
  const scopes = yield* listScopes(layout, root);
  const all = scopes.flatMap(({ tenant, environment, services }) =>
    services.map((service) => ({ tenant, environment, service })),
  );
  const found = yield* readPaths(
    root,
    all.flatMap((place) => places.application(place) ?? []),
  );
  const texts = yield* readTexts(textOids([...found.values()]));
  const there = [...found].map(([path, { oid }]) => [path, texts.get(oid) ?? ''] as const);
  const known = new Map([...there, ...written]);
  return all.map((place) => ({ place, destination: destinationOf(generator, known, place) }));
}
