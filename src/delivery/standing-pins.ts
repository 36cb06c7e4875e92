import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { selectManaged } from '../domain/layout/layout-selector.ts';
import type { Bindings } from '../domain/layout/template.ts';
import { type FoundPin, findPins } from '../domain/pin/find-pins.ts';
import type { StandingPin } from '../domain/pin/standing-pin.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths, readPaths } from '../tree/read-paths.ts';
import type { Selector } from '../tree/select.ts';
import { readVariables } from './read-variables.ts';
import { sharedValue } from './shared-value.ts';
import type { Variable } from './variable.ts';

/** The pins of a tree, of these tenant-environments and services, in the order of places; names left out mean any. */
export function* standingPins(layout: Layout, tree: Oid, where: Bindings = {}): Walk<readonly StandingPin[]> {
  const entries = yield* ownFiles(layout, tree, where);
  const texts = yield* textsOf(entries);
  const found = [...texts].flatMap(([file, text]) => {
    const { tenant, environment, service } = ownerOf(layout, file) ?? {};
    if (tenant === undefined || environment === undefined || service === undefined) return [];
    return findPins(text).map((pin) => ({ ...pin, tenant, environment, service, file }));
  });
  const shared = yield* textsOf(yield* readPaths(tree, [...new Set(found.map((pin) => pin.shared))]));
  const says = sayingOf(shared);
  const order = ({ environment }: StandingPin): number => {
    const at = layout.environments.indexOf(environment);
    return at < 0 ? layout.environments.length : at;
  };
  return found
    .map((pin) => ({ ...pin, sharedNow: says(pin) }))
    .toSorted(
      (a, b) =>
        compare(a.tenant, b.tenant) ||
        order(a) - order(b) ||
        compare(a.environment, b.environment) ||
        compare(a.service, b.service) ||
        compare(a.file, b.file) ||
        a.line - b.line,
    );
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Beyond these, only files are read that have the names under which pins usually stand. */
const mostFiles = 5000;
const isYaml = (path: string): boolean => /\.ya?ml$|(?:^|\/)Kustomization$/.test(path);
const isUsual = (path: string): boolean =>
  /(?:^|\/)(?:variables|service|kustomization|values[^/]*)\.ya?ml$/.test(path);

/** The files that are a service's own and may hold pins. */
function* ownFiles(layout: Layout, tree: Oid, where: Bindings): Walk<ReadonlyMap<string, EntryState>> {
  const managed = selectManaged(layout, where);
  const select: Selector = {
    folder: (path) => managed.folder(path),
    file: (path) => isYaml(path) && managed.file(path),
  };
  const listed = [...(yield* listPaths(tree, select))].filter(([path]) => isYaml(path));
  return new Map(listed.length > mostFiles ? listed.filter(([path]) => isUsual(path)) : listed);
}

function* textsOf(entries: ReadonlyMap<string, EntryState>): Walk<ReadonlyMap<string, string>> {
  const texts = yield* readTexts(textOids([...entries.values()]));
  return new Map(
    [...entries].flatMap(([path, { oid }]) => {
      const text = texts.get(oid);
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

/** What shared files say now of a pin. */
function sayingOf(texts: ReadonlyMap<string, string>): (pin: FoundPin) => FieldValue | undefined {
  const known = new Map<string, ReadonlyMap<string, Variable>>();
  return (pin) => {
    const text = texts.get(pin.shared);
    if (text === undefined) return undefined;
    if (!/(?:^|\/)variables\.yaml$/.test(pin.shared)) return sharedValue(pin, { path: pin.shared, text });
    const variables = known.get(pin.shared) ?? variablesIn(pin.shared, text);
    known.set(pin.shared, variables);
    return valueOf(variables.get(pin.name));
  };
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
