import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { listScopes } from '../domain/layout/list-scopes.ts';
import { PROJECT_FILE, type Project } from '../domain/layout/project-file.ts';
import type { Bindings } from '../domain/layout/template.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { Edit } from '../tree/edit.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { readPaths } from '../tree/read-paths.ts';
import { everything } from '../tree/select.ts';
import type { Naming } from './application-name.ts';
import { type DeliveryPlaces, type ServicePlace, deliveryPlaces } from './delivery-places.ts';
import { type GeneratorSettings, generateService } from './generate-service.ts';
import { type ServiceHead, readServiceHeads, readServiceInputs, sourcesOf } from './service-inputs.ts';
import { treeTexts } from './tree-texts.ts';

/** What generates the files of a project. */
export interface Generator extends GeneratorSettings {
  readonly layout: Layout;
}

/** The generator of a project, if it has one: it says so, and its layout has a generated folder for each service. */
export function generatorOf({ layout, generator, argocd }: Project): Generator | undefined {
  const places = generator ? deliveryPlaces(layout) : undefined;
  if (!places) return undefined;
  const names = (['tenant', 'environment', 'service'] as const).filter((name) =>
    layout.placeholders.has(name),
  );
  const naming: Naming = {
    parts: names,
    environments: layout.environments,
    prefix: argocd?.namePrefix ?? '',
  };
  return { layout, places, naming, argocd };
}

/** Two states of the sources; without `before`, everything is new. */
export interface SourceChange {
  readonly before: Oid | undefined;
  readonly after: Oid;
}

/**
 * The edits that bring the generated files of `after` up to what its sources say, for each service of which an input
 * differs from `before`; the others are not looked at. Same trees, same edits. Throws delivery_invalid with file and line.
 */
export function* regenerate(generator: Generator, { before, after }: SourceChange): Walk<readonly Edit[]> {
  const { layout, places } = generator;
  const changed = (yield* diffTrees(before, after, everything)).map(({ path }) => path);
  const { wanted, unowned } = yield* concerned(layout, changed, after);
  const tree = treeTexts(after);
  const heads = yield* readServiceHeads(
    tree,
    generator,
    [...wanted.values()].map(({ place }) => place),
  );
  const certain = heads.filter(
    (head) => wanted.get(keyOf(head.place))?.certain === true || readsAny(head, unowned),
  );
  const inputs = yield* readServiceInputs(tree, layout, certain);
  const there = new Set(heads.map(({ place }) => keyOf(place)));
  const lost = [...wanted.values()].map(({ place }) => place).filter((place) => !there.has(keyOf(place)));
  const gone = yield* generatedBefore(places, before, lost);
  return [
    ...gone.flatMap((place) => deletions(places, place)),
    ...inputs.flatMap((one) => [
      ...deletions(places, one.place),
      ...[...generateService(one, generator)].map(([path, text]): Edit => ({
        kind: 'write',
        path,
        mode: '100644',
        text,
      })),
    ]),
  ];
}

/** Those that had a service.yaml. What others have in generated folders is none of our making, and stays. */
function* generatedBefore(
  places: DeliveryPlaces,
  before: Oid | undefined,
  lost: readonly ServicePlace[],
): Walk<readonly ServicePlace[]> {
  if (before === undefined) return [];
  const fileOf = (place: ServicePlace): string => `${places.serviceFolder(place) ?? ''}/service.yaml`;
  const found = yield* readPaths(before, lost.map(fileOf));
  return lost.filter((place) => found.has(fileOf(place)));
}

interface Wanted {
  readonly place: ServicePlace;
  /** Something that it reads by its place has changed; otherwise perhaps a folder that it names. */
  readonly certain: boolean;
}

const keyOf = ({ tenant, environment, service }: ServicePlace): string =>
  JSON.stringify([tenant, environment, service]);

/** The services that changed paths may concern, and the paths that belong to nobody. */
function* concerned(
  layout: Layout,
  changed: readonly string[],
  tree: Oid,
): Walk<{ readonly wanted: ReadonlyMap<string, Wanted>; readonly unowned: readonly string[] }> {
  const wanted = new Map<string, Wanted>();
  const ask = new Map<string, Bindings>();
  const unowned: string[] = [];
  for (const path of changed) {
    const owner = ownerOf(layout, path);
    if (!owner && path !== PROJECT_FILE) {
      unowned.push(path);
      continue;
    }
    const { tenant, environment, service } = owner ?? {};
    if (tenant !== undefined && environment !== undefined && service !== undefined) {
      const place = { tenant, environment, service };
      wanted.set(keyOf(place), { place, certain: true });
    } else ask.set(JSON.stringify([tenant, environment, service]), { tenant, environment, service });
  }
  for (const where of ask.values()) yield* addAll(layout, tree, { where, certain: true, wanted });
  if (unowned.length > 0) yield* addAll(layout, tree, { where: {}, certain: false, wanted });
  return { wanted, unowned };
}

interface Adding {
  readonly where: Bindings;
  readonly certain: boolean;
  readonly wanted: Map<string, Wanted>;
}

function* addAll(layout: Layout, tree: Oid, { where, certain, wanted }: Adding): Walk<void> {
  for (const { tenant, environment, services } of yield* listScopes(layout, tree, where))
    for (const service of services) {
      const place = { tenant, environment, service };
      const key = keyOf(place);
      if (certain || !wanted.has(key)) wanted.set(key, { place, certain });
    }
}

/** Whether one of the paths is in a folder that the service builds on, or a file that it names. */
function readsAny(head: ServiceHead, paths: readonly string[]): boolean {
  const { binding } = head.service;
  // A kustomization may build on folders that only it names.
  if (binding.type === 'kustomize') return paths.length > 0;
  const folders = sourcesOf(head).map(({ path }) => `${path}/`);
  const files = binding.type === 'helm' ? binding.values.map(({ path }) => path) : [];
  return paths.some((path) => files.includes(path) || folders.some((folder) => path.startsWith(folder)));
}

/** What a service had before goes away, whatever it was. */
function deletions(places: DeliveryPlaces, place: ServicePlace): readonly Edit[] {
  const paths = [places.output(place), places.application(place)];
  return paths.flatMap((path) => (path === undefined ? [] : [{ kind: 'delete', path }]));
}
