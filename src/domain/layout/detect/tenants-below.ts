import { type FoundName, type Place, filesIn, unitShare } from './folder-names.ts';
import { isPlainName } from './folder-words.ts';

/** What lies below the environments of services, where tenants do. */
export interface TenantsBelow {
  /** How well the names bear it out, 0 to 1. */
  readonly evidence: number;
  /** Names beside tenants that are none. */
  readonly others: readonly FoundName[];
  /** Services that have folders in some environments, but no tenants there. */
  readonly without: readonly {
    readonly environments: readonly string[];
    readonly services: readonly string[];
  }[];
}

/**
 * Names below the environments of services that are tenants: the same ones under several services. Others that look
 * like parts of one service, or that are services themselves, are told apart.
 */
export function tenantsBelow(
  names: readonly FoundName[],
  services: ReadonlySet<string>,
  total: number,
): TenantsBelow | undefined {
  const possible = names.filter(({ name, shared }) => !shared && !services.has(name));
  const most = Math.max(0, ...possible.map(({ members }) => members));
  const recurring = possible.filter(({ members }) => members >= Math.max(2, most / 5));
  const share = total === 0 ? 0 : filesIn(recurring) / total;
  if (recurring.length < 2 || share < 0.2) return undefined;
  const certain = recurring.length >= 3 && filesIn(recurring) >= 0.5 * filesIn(possible);
  const families = new Set(recurring.map(({ name }) => firstWord(name)));
  const tenants = new Set(certain ? possible.filter(({ name }) => families.has(firstWord(name))) : possible);
  const isTenant = (one: FoundName) => tenants.has(one);
  const occupied = new Set(names.filter(isTenant).flatMap(({ places }) => places));
  const parts = names.filter((one) => !isTenant(one));
  const vacant = (place: Place) => !occupied.has(place) && isPlainValue(place.member);
  return {
    evidence: Math.min(1, share * 2) * (unitShare(recurring) >= 0.5 ? 1 : 0.5),
    others: parts.filter(({ places, shared }) => shared || !places.every(vacant)),
    without: servicesWithout(
      parts.filter(({ shared }) => !shared).flatMap(({ places }) => places.filter(vacant)),
    ),
  };
}

const firstWord = (name: string): string => name.split(/[-_.]/)[0] ?? name;

/** Whether a name can stand in the list of values of a placeholder. */
const isPlainValue = (name: string): boolean => isPlainName(name) && !/[|:]/.test(name);

function servicesWithout(places: readonly Place[]): TenantsBelow['without'] {
  const byEnvironment = Map.groupBy(places, ({ environment }) => environment);
  const rows = [...byEnvironment].map(([environment, found]) => ({
    environment,
    services: [...new Set(found.map(({ member }) => member))].toSorted(),
  }));
  return [...Map.groupBy(rows, ({ services }) => services.join('/')).values()].map((same) => ({
    environments: same.map(({ environment }) => environment).toSorted(),
    services: same[0]?.services ?? [],
  }));
}
