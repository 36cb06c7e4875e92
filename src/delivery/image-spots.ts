import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { readImage } from './image-reference.ts';
import { type ManifestValue, kindOf, nameOf } from './manifest-set.ts';

/** An entry under `images` of a kustomization: what becomes of the images of one name. */
export interface ImageEntry {
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
}

/** An entry under `replicas` of a kustomization. */
export interface ReplicaEntry {
  readonly name: string;
  readonly count: number;
}

/** The image of a container in one object, or its count of replicas: `id` tells it from the others there. */
export type Spot =
  | { readonly kind: 'image'; readonly id: string; readonly value: string }
  | { readonly kind: 'replicas'; readonly id: string; readonly value: number };

const containerLists = new Set(['containers', 'initContainers']);
const scaled = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

/** The images and replicas of an object, as kustomize finds them. */
export function spotsOf(object: ManifestValue): readonly Spot[] {
  const { spec } = object;
  const count = isMapping(spec) ? spec['replicas'] : undefined;
  const replicas: readonly Spot[] =
    scaled.has(kindOf(object)) && typeof count === 'number'
      ? [{ kind: 'replicas', id: 'replicas', value: count }]
      : [];
  const images: Spot[] = [];
  mapImages(object, (value, id) => {
    images.push({ kind: 'image', id, value });
    return value;
  });
  return [...replicas, ...images];
}

/** The object with other images: an image of an entry's name takes what the entry says. */
export const withImages = (object: ManifestValue, entries: readonly ImageEntry[]): ManifestValue =>
  mapImages(object, (text) => entries.reduce(imageBy, text));

/** What an entry makes of an image. A tag takes a digest away, and a digest a tag. */
export function imageBy(text: string, { name, newName, newTag, digest }: ImageEntry): string {
  const image = readImage(text);
  if (!image || image.name !== name) return text;
  const kept = newTag === undefined && digest === undefined;
  return imageText({
    name: newName ?? image.name,
    tag: kept ? image.tag : newTag,
    digest: kept ? image.digest : digest,
  });
}

const imageText = ({ name, tag, digest }: NonNullable<ReturnType<typeof readImage>>): string =>
  `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;

/** The object with the replicas that the entries say for it, if they speak of it. */
export function withReplicas(object: ManifestValue, entries: readonly ReplicaEntry[]): ManifestValue {
  const entry = entries.findLast(({ name }) => name === nameOf(object));
  const { spec } = object;
  if (!entry || !scaled.has(kindOf(object)) || !isMapping(spec)) return object;
  return { ...object, spec: { ...spec, replicas: entry.count } };
}

type Change = (image: string, id: string) => string;

function mapImages(object: ManifestValue, change: Change): ManifestValue {
  if (kindOf(object) === 'CustomResourceDefinition') return object;
  const mapped = mapValue(object, '', change);
  return isMapping(mapped) ? mapped : object;
}

function mapValue(value: FieldValue, path: string, change: Change): FieldValue {
  if (Array.isArray(value)) {
    const items = value as readonly FieldValue[];
    return items.map((item, index) => mapValue(item, `${path}/${String(index)}`, change));
  }
  if (!isMapping(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const below = `${path}/${key}`;
    const mapped =
      containerLists.has(key) && Array.isArray(item)
        ? (item as readonly FieldValue[]).map((one, index) =>
            mapContainer(one, `${below}/${idOf(one, index)}`, change),
          )
        : mapValue(item, below, change);
    return [key, mapped] as const;
  });
  return Object.fromEntries(entries);
}

const idOf = (container: FieldValue, index: number): string => {
  const name = isMapping(container) ? container['name'] : undefined;
  return typeof name === 'string' ? name : String(index);
};

function mapContainer(value: FieldValue, id: string, change: Change): FieldValue {
  const mapped = mapValue(value, id, change);
  if (!isMapping(mapped) || typeof mapped['image'] !== 'string') return mapped;
  return { ...mapped, image: change(mapped['image'], id) };
}
