import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import type { Walk } from '../tree/object.ts';
import { type ImageEntry, type ReplicaEntry, spotsOf, withImages, withReplicas } from './image-spots.ts';
import { UnreadPatch, jsonPatch } from './json-patch.ts';
import { kustomizationIn } from './kustomize-bases.ts';
import { type KustomizeLayer, type LayerPatch, readLayer } from './kustomize-layer.ts';
import { type ManifestValue, kindOf, nameOf } from './manifest-set.ts';
import { mergePatch } from './merge-patch.ts';
import { plainDocuments } from './plain-documents.ts';
import { type TreeTexts, loadTexts, pathsIn, textOf } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';

/** An object on its way through kustomizations, and the file that gave each of its images and its replicas. */
export interface BuiltObject {
  readonly value: ManifestValue;
  readonly origins: ReadonlyMap<string, string>;
}

/** What a build read on its way. */
export interface BuildNotes {
  /** Every file of the repository that it read. */
  readonly files: Set<string>;
  /** What cannot be told, in the order found. */
  readonly unknown: string[];
  /** How often it went into a folder, one that is named again counted again. */
  visits: number;
}

/** Notes for one build, which go where the given ones go. */
export const buildNotes = (into?: Pick<BuildNotes, 'files' | 'unknown'>): BuildNotes => ({
  files: into?.files ?? new Set(),
  unknown: into?.unknown ?? [],
  visits: 0,
});

/** A build in one tree. */
export interface Building {
  readonly tree: TreeTexts;
  readonly notes: BuildNotes;
}

/** How deep a kustomization lies, and the objects that are there before its own: those that a component changes. */
interface Onto {
  readonly depth: number;
  readonly onto: readonly BuiltObject[];
}

const top: Onto = { depth: 0, onto: [] };
const deepest = 20;
const mostObjects = 2000;
// A folder is built as often as it is named: few that name each other twice would be built without an end.
const mostVisits = 500;

/**
 * The objects that a kustomization hands to its own `replicas` and `images`: those of its resources and components, with
 * its patches. It follows what matters to images and replicas, as kustomize does it, and notes what it cannot tell.
 * Throws delivery_invalid for files that are missing or cannot be read.
 */
export function* buildBelow(
  building: Building,
  layer: KustomizeLayer,
  { depth, onto }: Onto = top,
): Walk<readonly BuiltObject[]> {
  const { tree, notes } = building;
  if (depth > deepest) throw deliveryFault({ file: layer.file, line: 1 }, 'builds on itself, or too deeply');
  for (const key of layer.unread) notes.unknown.push(`${layer.file} uses ${key}`);
  for (const one of layer.remote) notes.unknown.push(`${layer.file} builds on ${one}`);
  yield* loadTexts(tree, { files: [], folders: [...layer.resources, ...layer.components] });
  const objects = [...onto];
  for (const path of layer.resources) {
    objects.push(...(yield* readResource(building, { path, from: layer.file }, depth)));
    refuseMany(layer, objects);
  }
  let built: readonly BuiltObject[] = objects;
  for (const path of layer.components)
    built = yield* buildFolder(building, { path, from: layer.file }, { depth, onto: built });
  refuseMany(layer, built);
  const paths = layer.patches.flatMap(({ path }) => path ?? []);
  yield* loadTexts(tree, { files: paths, folders: [] });
  return layer.patches.reduce((now, patch) => patched(building, { now, patch, file: layer.file }), built);
}

function refuseMany({ file }: KustomizeLayer, objects: readonly BuiltObject[]): void {
  if (objects.length > mostObjects) throw deliveryFault({ file, line: 1 }, 'makes too many objects');
}

/** What the layer itself makes of the objects that it is handed. */
export function finishLayer(
  objects: readonly BuiltObject[],
  { file, images, replicas }: Pick<KustomizeLayer, 'file' | 'images' | 'replicas'>,
): readonly BuiltObject[] {
  return objects.map((object) => changed(object, (value) => settled(value, { images, replicas }), file));
}

interface Entries {
  readonly images: readonly ImageEntry[];
  readonly replicas: readonly ReplicaEntry[];
}

const settled = (value: ManifestValue, { images, replicas }: Entries): ManifestValue =>
  withImages(withReplicas(value, replicas), images);

interface Named {
  readonly path: string;
  /** The file that names it. */
  readonly from: string;
}

function* readResource(building: Building, named: Named, depth: number): Walk<readonly BuiltObject[]> {
  const { tree, notes } = building;
  if (!tree.entries.has(named.path)) return yield* buildFolder(building, named, { depth, onto: [] });
  notes.files.add(named.path);
  return objectsIn(named.path, textOf(tree, named.path) ?? '');
}

function* buildFolder(
  building: Building,
  { path, from }: Named,
  { depth, onto }: Onto,
): Walk<readonly BuiltObject[]> {
  const { tree, notes } = building;
  const file = kustomizationIn(tree, path);
  if (file === undefined)
    throw deliveryFault(
      { file: from, line: 1 },
      pathsIn(tree, path).length === 0 ? `${path} does not exist` : `${path} has no kustomization.yaml`,
    );
  notes.files.add(file);
  notes.visits += 1;
  if (notes.visits > mostVisits) throw deliveryFault({ file, line: 1 }, 'is built on too often');
  const layer = readLayer(file, textOf(tree, file) ?? '');
  return finishLayer(yield* buildBelow(building, layer, { depth: depth + 1, onto }), layer);
}

/** The objects of a file of manifests, those of a List one by one. Throws delivery_invalid for what is no YAML. */
export const objectsIn = (path: string, text: string): readonly BuiltObject[] =>
  plainDocuments(path, text)
    .flatMap(itemsOf)
    .map((value) => ({ value, origins: new Map(spotsOf(value).map(({ id }) => [id, path])) }));

function itemsOf(value: FieldValue): readonly ManifestValue[] {
  if (!isMapping(value) || kindOf(value) === '') return [];
  const { items } = value;
  if (kindOf(value).endsWith('List') && Array.isArray(items))
    return (items as readonly FieldValue[]).flatMap(itemsOf);
  return [value];
}

/** A changed object: what the change gave to it comes from `file`. */
function changed(
  object: BuiltObject,
  change: (value: ManifestValue) => FieldValue,
  file: string,
): BuiltObject {
  const value = change(object.value);
  if (value === object.value || !isMapping(value)) return object;
  const before = new Map(spotsOf(object.value).map(({ id, value: one }) => [id, one]));
  const origins = spotsOf(value).map(({ id, value: one }): [string, string] => [
    id,
    before.get(id) === one ? (object.origins.get(id) ?? file) : file,
  ]);
  return { value, origins: new Map(origins) };
}

interface Patching {
  readonly now: readonly BuiltObject[];
  readonly patch: LayerPatch;
  /** The kustomization that has the patch. */
  readonly file: string;
}

function patched({ tree, notes }: Building, { now, patch, file }: Patching): readonly BuiltObject[] {
  const path = patch.path ?? file;
  if (patch.path !== undefined) notes.files.add(patch.path);
  const text = patch.text ?? (patch.path === undefined ? undefined : textOf(tree, patch.path));
  if (text === undefined) {
    notes.unknown.push(`${file} has a patch that is not there`);
    return now;
  }
  if (!isReadable(patch)) {
    if (/\b(?:image|replicas)\b/.test(text))
      notes.unknown.push(`${file} says by a pattern what a patch is for`);
    return now;
  }
  return plainDocuments(path, text).reduce<readonly BuiltObject[]>(
    (objects, document) =>
      objects.flatMap((object) =>
        isFor(object.value, document, patch.target) ? applied(object, document, { path, notes }) : [object],
      ),
    now,
  );
}

const isReadable = ({ target = {} }: LayerPatch): boolean =>
  target['labelSelector'] === undefined &&
  target['annotationSelector'] === undefined &&
  isPlain(target['kind']) &&
  isPlain(target['name']);

interface From {
  readonly path: string;
  readonly notes: BuildNotes;
}

function applied(object: BuiltObject, document: FieldValue, { path, notes }: From): readonly BuiltObject[] {
  try {
    if (Array.isArray(document))
      return [changed(object, (value) => jsonPatch(value, document as readonly FieldValue[]), path)];
    const { metadata: _metadata, ...rest } = isMapping(document) ? document : {};
    if (mergePatch(object.value, document) === undefined) return [];
    return [changed(object, (value) => mergePatch(value, rest) ?? value, path)];
  } catch (error) {
    if (!(error instanceof UnreadPatch)) throw error;
    notes.unknown.push(`${path}: ${error.message}`);
    return [object];
  }
}

/** Names may be patterns. Those that are a beginning with `.*` behind it are understood, and the others told. */
const isPlain = (pattern: FieldValue | undefined): boolean =>
  pattern === undefined || (typeof pattern === 'string' && /^[-.\w]*(?:\.\*)?$/.test(pattern));

const fits = (pattern: FieldValue | undefined, text: string): boolean =>
  typeof pattern !== 'string' ||
  pattern === '' ||
  (pattern.endsWith('.*') ? text.startsWith(pattern.slice(0, -2)) : pattern === text);

function isFor(
  value: ManifestValue,
  document: FieldValue,
  target: Readonly<Record<string, FieldValue>> | undefined,
): boolean {
  if (target) return fits(target['kind'], kindOf(value)) && fits(target['name'], nameOf(value));
  return isMapping(document) && kindOf(document) === kindOf(value) && nameOf(document) === nameOf(value);
}
