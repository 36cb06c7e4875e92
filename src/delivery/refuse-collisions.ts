import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import type { Edit } from '../tree/edit.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import { selectPaths } from '../tree/select.ts';
import type { ServicePlace } from './delivery-places.ts';
import { type PlacedService, destinationOf, readDestinations } from './destinations.ts';
import { type ObjectIdentity, identitiesIn } from './object-identity.ts';
import type { Generator, SourceChange } from './regenerate.ts';
import { deliveryFault } from './variable.ts';

/** What is generated for a change of sources. */
export interface GeneratedChange extends SourceChange {
  readonly edits: readonly Edit[];
}

type Files = ReadonlyMap<string, string>;

/**
 * Throws delivery_invalid, naming both services, when a change makes an object that another service makes too, for one
 * namespace of one cluster: each sync of one would undo the other. What collides at `before` already is left to be
 * mended. Only a service that gets an object it did not have costs more than a look at its own files.
 */
export function* refuseCollisions(
  generator: Generator,
  { before, after, edits }: GeneratedChange,
): Walk<void> {
  const written: Files = new Map(
    edits.flatMap((edit) => (edit.kind === 'write' ? [[edit.path, edit.text] as const] : [])),
  );
  const touched = placesOf(generator.layout, [...written.keys()]);
  const past = yield* madeFor(generator, before, touched);
  const had = objectsBy(generator, past, touched);
  const has = objectsBy(generator, written, touched);
  const news = touched.flatMap((place): Newcomer[] => {
    const [was, destination] = [past, written].map((files) => destinationOf(generator, files, place));
    const known = new Set(was === destination ? had(place).map(keyOf) : []);
    const added = has(place).filter((object) => !known.has(keyOf(object)));
    return destination === undefined || added.length === 0 ? [] : [{ place, destination, added }];
  });
  if (news.length === 0) return;
  const gone = new Set(edits.flatMap(({ kind, path }) => (kind === 'delete' ? [path] : [])));
  refuseSame(generator, news, yield* neighboursOf(generator, { after, written, gone, news }));
}

interface Newcomer extends PlacedService {
  /** Objects that it did not make there before. */
  readonly added: readonly ObjectIdentity[];
}

const nameOf = ({ tenant, environment, service }: ServicePlace): string =>
  JSON.stringify([tenant, environment, service]);

const keyOf = ({ group, kind, namespace, name }: ObjectIdentity): string =>
  JSON.stringify([group, kind, namespace, name]);

function placesOf(layout: Layout, paths: readonly string[]): readonly ServicePlace[] {
  const found = paths.flatMap((path): ServicePlace[] => {
    const { tenant, environment, service } = ownerOf(layout, path) ?? {};
    return tenant === undefined || environment === undefined || service === undefined
      ? []
      : [{ tenant, environment, service }];
  });
  return [...new Map(found.map((place) => [nameOf(place), place])).values()];
}

/** The generated files of these services in a tree, their Applications among them. */
function* madeFor(
  { places }: Generator,
  tree: Oid | undefined,
  wanted: readonly ServicePlace[],
): Walk<Files> {
  const folders = new Set(wanted.flatMap((place) => places.output(place) ?? []));
  if (tree === undefined || folders.size === 0) return new Map();
  const applications = wanted.flatMap((place) => places.application(place) ?? []);
  const above = selectPaths([...folders].map((folder) => `${folder}/*`).concat(applications));
  const found = yield* listPaths(tree, {
    folder: (path) => (folders.has(path) ? 'all' : above.folder(path)),
    file: (path) => above.file(path),
  });
  return yield* textsOf(found);
}

function* textsOf(found: ReadonlyMap<string, EntryState>): Walk<Files> {
  const texts = yield* readTexts(textOids([...found.values()]));
  return new Map([...found].map(([path, { oid }]) => [path, texts.get(oid) ?? '']));
}

/** The objects that each of these services makes in some files. */
function objectsBy(
  { places }: Generator,
  files: Files,
  wanted: readonly ServicePlace[],
): (place: ServicePlace) => readonly ObjectIdentity[] {
  const made = new Map(wanted.map((place) => [places.output(place), [] as ObjectIdentity[]]));
  for (const [path, text] of files)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const found = made.get(path.slice(0, at));
      found?.push(...identitiesIn(text));
      if (found) break;
    }
  return (place) => made.get(places.output(place)) ?? [];
}

interface Neighbourhood {
  readonly after: Oid;
  readonly written: Files;
  /** Folders that go away, or are written anew. */
  readonly gone: ReadonlySet<string>;
  readonly news: readonly Newcomer[];
}

/** All services that go where one of the newcomers goes, with what each makes. */
function* neighboursOf(
  generator: Generator,
  { after, written, gone, news }: Neighbourhood,
): Walk<readonly Newcomer[]> {
  const { places } = generator;
  const wanted = new Set(news.map(({ destination }) => destination));
  const all = yield* readDestinations(generator, after, written);
  const placed = all.filter(({ destination }) => wanted.has(destination));
  const near = placed.map(({ place }) => place);
  const others = yield* madeFor(
    generator,
    after,
    near.filter((place) => !gone.has(places.output(place) ?? '')),
  );
  const made = objectsBy(generator, new Map([...others, ...written]), near);
  return placed.map((service) => ({ ...service, added: made(service.place) }));
}

function refuseSame({ places }: Generator, news: readonly Newcomer[], neighbours: readonly Newcomer[]): void {
  const makers = new Map<string, ServicePlace[]>();
  const where = (destination: string, object: ObjectIdentity): string => `${destination} ${keyOf(object)}`;
  for (const { place, destination, added } of neighbours)
    for (const object of added) {
      const key = where(destination, object);
      makers.set(key, [...(makers.get(key) ?? []), place]);
    }
  for (const { place, destination, added } of news)
    for (const object of added) {
      const other = makers.get(where(destination, object))?.find((maker) => nameOf(maker) !== nameOf(place));
      if (!other) continue;
      const file = (of: ServicePlace): string => `${places.serviceFolder(of) ?? of.service}/service.yaml`;
      const reason = `makes ${object.kind} ${object.name}, and so does ${file(other)} for the same namespace; give one of them another name`;
      throw deliveryFault({ file: file(place), line: 1 }, reason);
    }
}
