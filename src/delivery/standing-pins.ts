import type { Layout } from '../domain/layout/layout.ts';
import type { Bindings } from '../domain/layout/template.ts';
import { listScopes } from '../domain/layout/list-scopes.ts';
import { findPins } from '../domain/pin/find-pins.ts';
import type { StandingPin } from '../domain/pin/standing-pin.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import { deliveryPlaces } from './delivery-places.ts';
import { readVariables } from './read-variables.ts';
import type { Variable } from './variable.ts';

/** The pins of a tree, of these tenant-environments and services, in the order of places; names left out mean any. */
export function* standingPins(layout: Layout, tree: Oid, where: Bindings = {}): Walk<readonly StandingPin[]> {
  const places = deliveryPlaces(layout);
  if (!places) return [];
  const scopes = yield* listScopes(layout, tree, where);
  const files = scopes.flatMap(({ tenant, environment, services }) =>
    services.flatMap((service) => {
      const place = { tenant, environment, service };
      const own = places.variableFiles(place).find(({ scope }) => scope === 'service');
      return own ? [{ ...place, file: own.path }] : [];
    }),
  );
  const texts = yield* textsAt(
    tree,
    files.map(({ file }) => file),
  );
  const found = files.flatMap((place) =>
    findPins(texts.get(place.file) ?? '').map((pin) => ({ ...pin, ...place })),
  );
  const shared = yield* textsAt(
    tree,
    found.map((pin) => pin.shared),
  );
  const said = new Map([...shared].map(([path, text]) => [path, variablesIn(path, text)]));
  return found.map((pin) => ({ ...pin, sharedNow: valueOf(said.get(pin.shared)?.get(pin.name)) }));
}

function* textsAt(tree: Oid, paths: readonly string[]): Walk<ReadonlyMap<string, string>> {
  const entries = yield* readPaths(tree, [...new Set(paths)]);
  const texts = yield* readTexts(textOids([...entries.values()]));
  return new Map(
    [...entries].flatMap(([path, { oid }]) => {
      const text = texts.get(oid);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

/** A list of pins is no place to complain of a file that cannot be read. */
function variablesIn(file: string, text: string): ReadonlyMap<string, Variable> {
  try {
    return readVariables({ file, scope: 'repository', text });
  } catch (error) {
    if (error instanceof Refusal) return new Map();
    throw error;
  }
}

function valueOf(variable: Variable | undefined): FieldValue | undefined {
  if (variable === undefined) return undefined;
  const { value } = variable;
  return value.kind === 'plain' ? value.value : { secretRef: { name: value.name, key: value.key } };
}
