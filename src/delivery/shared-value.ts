import type { FoundPin } from '../domain/pin/find-pins.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { readImage } from './image-reference.ts';
import { spotsOf } from './image-spots.ts';
import { objectsIn } from './kustomize-build.ts';
import { readLayer } from './kustomize-layer.ts';
import { kustomizationNames } from './kustomization.ts';
import { type ManifestValue, nameOf } from './manifest-set.ts';
import { plainDocuments } from './plain-documents.ts';

/** A shared file as it is. */
interface SharedFile {
  readonly path: string;
  readonly text: string;
}

/** What a shared base or values file says now of what a pin holds; nothing where it no longer speaks of it. */
export function sharedValue(pin: Pick<FoundPin, 'name' | 'value'>, file: SharedFile): FieldValue | undefined {
  try {
    return imageNow(pin, file) ?? replicasNow(pin, file) ?? valueNow(pin, file);
  } catch (error) {
    // A list of pins is no place to complain of a file that cannot be read.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const isKustomization = ({ path }: SharedFile): boolean =>
  kustomizationNames.some((name) => path === name || path.endsWith(`/${name}`));

const textAt = (value: FieldValue, key: string): string | undefined => {
  const text = isMapping(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : undefined;
};

function imageNow({ name, value }: Pick<FoundPin, 'name' | 'value'>, file: SharedFile): string | undefined {
  const inList = /^images\["?([^"\]]+)"?\]/.exec(name)?.[1];
  const inService = name === 'image' ? (textAt(value, 'name') ?? textAt(value, 'repository')) : undefined;
  const image = inList ?? inService;
  if (image === undefined) return undefined;
  const spots = objectsOf(file).flatMap((object) => spotsOf(object));
  const found = spots.find((spot) => spot.kind === 'image' && readImage(spot.value)?.name === image);
  if (found) return String(found.value);
  const { images } = isKustomization(file) ? readLayer(file.path, file.text) : { images: [] };
  const entry = images.find((one) => one.name === image || one.newName === image);
  if (!entry) return undefined;
  const version = [
    entry.newTag === undefined ? '' : `:${entry.newTag}`,
    entry.digest === undefined ? '' : `@${entry.digest}`,
  ];
  return `${entry.newName ?? entry.name}${version.join('')}`;
}

const objectsOf = (file: SharedFile): readonly ManifestValue[] =>
  isKustomization(file) ? [] : objectsIn(file.path, file.text).map(({ value }) => value);

function replicasNow(
  { name, value }: Pick<FoundPin, 'name' | 'value'>,
  file: SharedFile,
): number | undefined {
  const workload = name.startsWith('replicas[') ? textAt(value, 'name') : undefined;
  if (workload === undefined && name !== 'replicas') return undefined;
  const isIt = (one: string): boolean => workload === undefined || workload === one;
  const spots = objectsOf(file)
    .filter((object) => isIt(nameOf(object)))
    .flatMap(spotsOf);
  const found = spots.find(({ kind }) => kind === 'replicas');
  if (found) return Number(found.value);
  const { replicas } = isKustomization(file) ? readLayer(file.path, file.text) : { replicas: [] };
  return replicas.find((one) => isIt(one.name))?.count;
}

/** Values of a chart: service.yaml has them under a key of its own. */
function valueNow({ name }: Pick<FoundPin, 'name'>, { path, text }: SharedFile): FieldValue | undefined {
  const at = (keys: readonly string[]) =>
    keys.reduce<FieldValue | undefined>(
      (value, key) => (isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      plainDocuments(path, text)[0],
    );
  const keys = name.split('.');
  return at(keys) ?? (keys[0] === 'values' ? at(keys.slice(1)) : undefined);
}
