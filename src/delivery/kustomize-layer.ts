import { Refusal } from '../domain/refusal/refusal.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import type { ImageEntry, ReplicaEntry } from './image-spots.ts';
import { plainDocuments } from './plain-documents.ts';
import { sourcePath } from './source-path.ts';

/** A patch of a kustomization: a file of the repository or a text, and the objects it is for where it names them. */
export interface LayerPatch {
  readonly path?: string;
  readonly text?: string;
  readonly target?: Readonly<Record<string, FieldValue>>;
}

/** What a kustomization does that matters to images and replicas. Paths are from the root of the repository. */
export interface KustomizeLayer {
  readonly file: string;
  readonly resources: readonly string[];
  readonly components: readonly string[];
  readonly patches: readonly LayerPatch[];
  readonly images: readonly ImageEntry[];
  readonly replicas: readonly ReplicaEntry[];
  /** What it takes from elsewhere, as it is written. */
  readonly remote: readonly string[];
  /** What it uses that is not read here, and that may change any object. */
  readonly unread: readonly string[];
}

const unreadKeys = [
  'replacements',
  'transformers',
  'generators',
  'configurations',
  'helmCharts',
  'helmChartInflationGenerator',
];

/** Reads a kustomization leniently: what is fetched, and what is not read, is told as such. */
export function readLayer(file: string, text: string): KustomizeLayer {
  const [value = {}] = plainDocuments(file, text);
  const root = isMapping(value) ? value : {};
  const places = [...textsIn(root['resources']), ...textsIn(root['bases'])].map((one) => placeOf(file, one));
  const components = textsIn(root['components']).map((one) => placeOf(file, one));
  const all = [...places, ...components];
  return {
    file,
    resources: places.flatMap(({ path }) => path ?? []),
    components: components.flatMap(({ path }) => path ?? []),
    patches: patchesIn(file, root),
    images: mappingsIn(root['images']).flatMap(imageEntry),
    replicas: mappingsIn(root['replicas']).flatMap(replicaEntry),
    remote: all.flatMap(({ path, written }) => (path === undefined ? [written] : [])),
    unread: [
      ...unreadKeys.filter((key) => root[key] !== undefined),
      ...(mappingsIn(root['images']).some(({ tagSuffix }) => tagSuffix !== undefined) ? ['tagSuffix'] : []),
    ],
  };
}

const listOf = (value: FieldValue | undefined): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [];
const textsIn = (value: FieldValue | undefined): readonly string[] =>
  listOf(value).filter((item) => typeof item === 'string');
const mappingsIn = (value: FieldValue | undefined) => listOf(value).filter((item) => isMapping(item));

interface Reference {
  readonly written: string;
  readonly path: string | undefined;
}

function placeOf(file: string, written: string): Reference {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  try {
    return { written, path: sourcePath(written, { folder, at: { file, line: 1 }, inside: true }) };
  } catch (error) {
    if (error instanceof Refusal) return { written, path: undefined };
    throw error;
  }
}

function patchesIn(file: string, root: Readonly<Record<string, FieldValue>>): readonly LayerPatch[] {
  const merges = textsIn(root['patchesStrategicMerge']).map((one) => patchOf(file, one));
  const others = [...mappingsIn(root['patches']), ...mappingsIn(root['patchesJson6902'])].map(
    ({ path, patch, target }) => ({
      ...(typeof path === 'string' ? patchOf(file, path) : {}),
      ...(typeof patch === 'string' ? { text: patch } : {}),
      ...(isMapping(target) ? { target } : {}),
    }),
  );
  return [...merges, ...others];
}

/** A path, or a patch that is written out in the list itself. */
function patchOf(file: string, written: string): LayerPatch {
  if (written.includes('\n')) return { text: written };
  const { path } = placeOf(file, written);
  return path === undefined ? {} : { path };
}

function imageEntry({ name, newName, newTag, digest }: Readonly<Record<string, FieldValue>>): ImageEntry[] {
  if (typeof name !== 'string') return [];
  const text = (value: FieldValue | undefined) =>
    typeof value === 'string' && value !== '' ? value : undefined;
  return [{ name, newName: text(newName), newTag: text(newTag), digest: text(digest) }];
}

const replicaEntry = ({ name, count }: Readonly<Record<string, FieldValue>>): ReplicaEntry[] =>
  typeof name === 'string' && typeof count === 'number' ? [{ name, count }] : [];
