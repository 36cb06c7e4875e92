import { type Layout, type Owner, ownerOf } from './layout.ts';
import type { TenantEnvironment } from '../plan/scope.ts';

/** What a commit did to one tenant-environment: which services of it, and how many files. */
export interface TouchedPlace extends TenantEnvironment {
  readonly services: readonly string[];
  readonly files: number;
}

/**
 * The tenant-environments that own any of these paths. Shared paths belong to none of them, and generated ones follow
 * from others. Remembers whose each path is, so keep the function for one walk over a history.
 */
export function touchedPlaces(layout: Layout): (paths: readonly string[]) => readonly TouchedPlace[] {
  const owners = new Map<string, Owner | undefined>();
  const owner = (path: string): Owner | undefined => {
    const known = owners.get(path);
    if (known !== undefined || owners.has(path)) return known;
    // A history has as many paths as it likes.
    if (owners.size >= 50_000) owners.clear();
    const found = ownerOf(layout, path);
    owners.set(path, found);
    return found;
  };
  return (paths) => {
    const places = new Map<string, TenantEnvironment & { services: Set<string>; files: number }>();
    for (const path of paths) {
      const found = owner(path);
      if (!found || found.generated) continue;
      const { tenant, environment, service } = found;
      if (!isPlaceName(tenant) || !isPlaceName(environment)) continue;
      const key = `${tenant}/${environment}`;
      const place = places.get(key) ?? { tenant, environment, services: new Set(), files: 0 };
      places.set(key, place);
      place.files += 1;
      if (isPlaceName(service)) place.services.add(service);
    }
    return [...places.values()].map((place) => ({ ...place, services: [...place.services].toSorted() }));
  };
}

/** Anybody can push any path; what could not be asked for by name is nobody's. */
const isPlaceName = (name: string | undefined): name is string =>
  name !== undefined && name.length <= 253 && name.isWellFormed() && !/\p{Cc}/u.test(name);
