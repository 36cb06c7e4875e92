import type { FieldValue } from '../tree/fields/change.ts';
import { type Fill, type ReadValue, readYaml } from './read-yaml.ts';
import type { NamedPath, ServiceFile } from './service-file.ts';
import { valueAt } from './shape.ts';
import { sourcePath } from './source-path.ts';
import { type At, deliveryFault } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/** The names that kustomize knows for its file. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

interface Overlay {
  readonly service: ServiceFile;
  /** The name of the service, and of its workload unless it is said. */
  readonly name: string;
  /** From the generated folder. */
  readonly base: string;
  readonly patches: readonly string[];
  /** Of the ConfigMap, in the order of service.yaml. */
  readonly values: readonly (readonly [string, string])[];
}

/** The kustomization of a service: its base with image, replicas, values and patches. */
export function overlayOf({ service, name, base, patches, values }: Overlay): FieldValue {
  const { image, replicas, binding } = service;
  const workload = (binding.type === 'kustomize' ? binding.workload : undefined) ?? name;
  const literals = values.map(([key, value]) => `${key}=${unstripped(value)}`);
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [base],
    ...(replicas ? { replicas: [{ name: workload, count: replicas.count }] } : {}),
    ...(image
      ? {
          images: [
            {
              name: image.name,
              ...(image.repository === image.name ? {} : { newName: image.repository }),
              ...(image.digest !== undefined
                ? { digest: image.digest }
                : image.tag === undefined
                  ? {}
                  : { newTag: image.tag }),
            },
          ],
        }
      : {}),
    ...(literals.length > 0 ? { configMapGenerator: [{ name: `${name}-values`, literals }] } : {}),
    ...(patches.length > 0 ? { patches: patches.map((path) => ({ path })) } : {}),
  };
}

/** kustomize takes one pair of quotes away from a literal. */
const unstripped = (value: string): string =>
  /^(["']).*\1$/su.test(value) && value.length > 1 ? `"${value}"` : value;

/** Keys whose entries are files or folders. */
const pathLists = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
];

/**
 * The files and folders that a kustomization of the repository builds on. Throws delivery_invalid with its line for what
 * is fetched from elsewhere, and for what leaves the repository.
 */
export function referencesOf(path: string, text: string): readonly NamedPath[] {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const [document] = readYamlFile(path, text).documents;
  if (!document) return [];
  const read = readYaml(document, noFill);
  const charts = valueAt(read, 'helmCharts') ?? valueAt(read, 'helmChartInflationGenerator');
  if (charts)
    throw deliveryFault(
      charts.at,
      'kustomize would fetch these charts; use the binding helm, which pins one',
    );
  const paths = pathLists.flatMap((key) => textsOf(valueAt(read, key)));
  const patches = [...itemsOf(valueAt(read, 'patches')), ...itemsOf(valueAt(read, 'replacements'))].flatMap(
    (item) => textsOf(valueAt(item, 'path')),
  );
  const merges = textsOf(valueAt(read, 'patchesStrategicMerge'));
  return (
    [...paths, ...patches, ...merges]
      // A patch or a generator can be written out in the list itself.
      .filter(({ text: one }) => !one.includes('\n'))
      .map(({ at, text: one }) => ({ at, path: sourcePath(one, { folder, at, inside: true }) }))
  );
}

/** The items of a list; a value that is none is its own only one. */
export const itemsOf = (read: ReadValue | undefined): readonly ReadValue[] =>
  read === undefined ? [] : read.kind === 'list' ? read.items : [read];

/** The texts of a list, or the only one, and where they are written. */
export const textsOf = (read: ReadValue | undefined): readonly { readonly at: At; readonly text: string }[] =>
  itemsOf(read).flatMap((item) =>
    item.kind === 'scalar' && item.text !== '' ? [{ at: item.at, text: item.text }] : [],
  );

/** Argo CD reads a base as it stands, so nobody would fill a placeholder in it. */
const noFill: Fill = ({ source }, at) => {
  throw deliveryFault(at, `${source} would not be filled here; set it in a patch of the service`);
};
