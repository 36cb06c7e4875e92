import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { type Fill, readYaml, valueOfRead } from './read-yaml.ts';
import { type At, deliveryFault } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/** A file that a service is made of, by its path from the root of the repository. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export type ManifestValue = Readonly<Record<string, FieldValue>>;

/** One Kubernetes object, where it is written, and the file it will be written to. */
export interface Manifest {
  readonly at: At;
  /** Within the generated folder. */
  readonly file: string;
  readonly value: ManifestValue;
}

/** Names that Argo CD takes for another kind of source. */
const reserved = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization|Chart\.ya?ml)$/;
const isManifest = (path: string): boolean => /\.(?:ya?ml|json)$/.test(path);

/** The objects of the files below `folder`, in the order of paths. Throws delivery_invalid. */
export function readManifests(
  files: readonly SourceFile[],
  { folder, fill, at }: { readonly folder: string; readonly fill: Fill; readonly at: At },
): readonly Manifest[] {
  const manifests: Manifest[] = [];
  for (const { path, text } of files) {
    if (reserved.test(path))
      throw deliveryFault(
        { file: path, line: 1 },
        'is no manifest; use the binding kustomize or helm for it',
      );
    if (!isManifest(path)) continue;
    const file = path.slice(folder.length + 1);
    for (const document of readYamlFile(path, text).documents) {
      const read = readYaml(document, fill);
      manifests.push({ at: read.at, file, value: manifestOf(valueOfRead(read), read.at) });
    }
  }
  if (manifests.length === 0) throw deliveryFault(at, `${folder} holds no manifests`);
  refuseTwins(manifests);
  return manifests;
}

/** Throws unless a value is an object of Kubernetes with a name. */
export function manifestOf(value: FieldValue, at: At): ManifestValue {
  if (!isMapping(value)) throw deliveryFault(at, 'a manifest must be a mapping');
  for (const key of ['apiVersion', 'kind'])
    if (typeof value[key] !== 'string' || value[key] === '')
      throw deliveryFault(at, `the manifest has no ${key}`);
  if (nameOf(value) === '') throw deliveryFault(at, 'the manifest has no metadata.name');
  return value;
}

function metadataText(value: ManifestValue, key: string): string {
  const metadata = value['metadata'];
  const text = isMapping(metadata) ? metadata[key] : undefined;
  return typeof text === 'string' ? text : '';
}

export const nameOf = (value: ManifestValue): string => metadataText(value, 'name');
export const kindOf = ({ kind }: ManifestValue): string => (typeof kind === 'string' ? kind : '');

/** The name of an object or, with a `*` behind it, the beginning of one that the cluster completes. */
export const shownName = (value: ManifestValue): string => {
  const begins = metadataText(value, 'generateName');
  return nameOf(value) === '' && begins !== '' ? `${begins}*` : nameOf(value);
};

/** What people call an object: `Deployment web`. */
export const titleOf = (value: ManifestValue): string => `${kindOf(value)} ${shownName(value)}`;

/** The group of an object's API; empty for that of the core. */
export const groupOf = ({ apiVersion }: ManifestValue): string =>
  typeof apiVersion === 'string' && apiVersion.includes('/') ? (apiVersion.split('/', 1)[0] ?? '') : '';

/** What makes an object one of its kind in a cluster; versions of one API are one. */
export const identityOf = (value: ManifestValue): string =>
  JSON.stringify([groupOf(value), kindOf(value), metadataText(value, 'namespace'), nameOf(value)]);

function refuseTwins(manifests: readonly Manifest[]): void {
  const found = new Map<string, At>();
  for (const { at, value } of manifests) {
    const identity = identityOf(value);
    const first = found.get(identity);
    if (first)
      throw deliveryFault(at, `${kindOf(value)} ${nameOf(value)} is also in ${first.file}:${first.line}`);
    found.set(identity, at);
  }
}
