import { listScopes } from '../domain/layout/list-scopes.ts';
import type { TenantEnvironment } from '../domain/plan/scope.ts';
import type { Oid, Walk } from '../tree/object.ts';
import type { ServicePlace } from './delivery-places.ts';
import { type EffectiveVariable, type VariableSets, effectiveVariables } from './effective-variables.ts';
import type { Generator } from './regenerate.ts';
import { variableSets } from './service-inputs.ts';
import { loadTexts, treeTexts } from './tree-texts.ts';
import { type Variable, variableScopes } from './variable.ts';

/** Whose variables are wanted: of one service, or of all in a tenant-environment. */
export interface VariablesOf extends TenantEnvironment {
  readonly service?: string | undefined;
}

/** A variable as one service sees it. */
export interface ServiceVariable extends EffectiveVariable {
  readonly service: string;
  /** What farther scopes say of the same key, nearest first, as it is written there. */
  readonly overrides: readonly Variable[];
}

/** Variables by service and key. `complete` is false where more services have some than are told at once. */
export interface ServiceVariables {
  readonly variables: readonly ServiceVariable[];
  readonly complete: boolean;
}

/** Each service may see all variables of the repository; whoever wants more of them asks service by service. */
const enough = 5_000;

/**
 * What every variable is for services that are generated from a tree, and where it is set. Throws delivery_invalid with
 * file and line for a variables file that cannot be read, and for a variable that cannot be filled.
 */
export function* serviceVariables(
  { layout, places }: Generator,
  root: Oid,
  { tenant, environment, service }: VariablesOf,
): Walk<ServiceVariables> {
  const found = yield* listScopes(layout, root, { tenant, environment, service });
  const all = found
    .flatMap(({ services }) => services)
    .map((name) => ({ tenant, environment, service: name }));
  const fileOf = (place: ServicePlace): string => `${places.serviceFolder(place) ?? ''}/service.yaml`;
  const tree = treeTexts(root);
  const files = all.flatMap((place) => places.variableFiles(place).map(({ path }) => path));
  yield* loadTexts(tree, { files: [...new Set([...files, ...all.map(fileOf)])], folders: [] });
  const known = new Map<string, ReadonlyMap<string, Variable>>();
  const variables: ServiceVariable[] = [];
  for (const place of all) {
    // Nothing is generated for it, so no variable counts.
    if (!tree.entries.has(fileOf(place))) continue;
    if (variables.length >= enough) return { variables, complete: false };
    const sets = variableSets(tree, places.variableFiles(place), known);
    variables.push(...seenBy(place.service, sets));
  }
  return { variables, complete: true };
}

const seenBy = (service: string, sets: VariableSets): readonly ServiceVariable[] =>
  effectiveVariables(sets)
    .all()
    .map(({ value, origin }) => ({ service, value, origin, overrides: overriddenBy(origin, sets) }));

const overriddenBy = ({ key, scope }: Variable, sets: VariableSets): readonly Variable[] =>
  variableScopes.slice(variableScopes.indexOf(scope) + 1).flatMap((farther) => sets[farther]?.get(key) ?? []);
