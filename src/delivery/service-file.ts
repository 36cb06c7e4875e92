import { environmentShape, serviceShape } from './file-shapes.ts';
import { type Fill, type ReadMapping, type ReadValue, readYaml } from './read-yaml.ts';
import { type MappingShape, checkShape, mappingAt, textAt, valueAt } from './shape.ts';
import { sourcePath } from './source-path.ts';
import { type At, deliveryFault } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/** An image, and the name under which the source has it. */
export interface ServiceImage {
  readonly at: At;
  readonly name: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** A path of the repository that service.yaml names, and where it does. */
export interface NamedPath {
  readonly at: At;
  readonly path: string;
}

export type ServiceBinding =
  | {
      readonly type: 'manifests' | 'kustomize';
      readonly source: NamedPath;
      readonly workload: string | undefined;
    }
  | {
      readonly type: 'helm';
      readonly chart:
        { readonly repository: string; readonly name: string; readonly version: string } | NamedPath;
      readonly release: string | undefined;
      readonly values: readonly NamedPath[];
    };

/** A service.yaml, checked, its placeholders filled. */
export interface ServiceFile {
  readonly at: At;
  readonly image: ServiceImage | undefined;
  readonly replicas: { readonly at: At; readonly count: number } | undefined;
  readonly resources: ReadMapping | undefined;
  readonly values: ReadMapping | undefined;
  readonly patches: readonly NamedPath[];
  readonly binding: ServiceBinding;
}

/** An environment.yaml, checked. */
export interface EnvironmentFile {
  readonly namespace: string | undefined;
  readonly cluster: string | undefined;
}

interface FileText {
  readonly path: string;
  readonly text: string;
}

/** Reads a service.yaml. Throws delivery_invalid with the line, for an unknown key with the nearest known one. */
export function readServiceFile({ path, text }: FileText, fill: Fill): ServiceFile {
  const read = readOne({ path, text }, serviceShape, fill);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const replicas = valueAt(read, 'replicas');
  return {
    at: read.at,
    image: readImage(mappingAt(read, 'image')),
    replicas:
      replicas?.kind === 'scalar' && typeof replicas.value === 'number'
        ? { at: replicas.at, count: replicas.value }
        : undefined,
    resources: mappingAt(read, 'resources'),
    values: mappingAt(read, 'values'),
    patches: readPaths(valueAt(read, 'patches'), folder, 'folder'),
    binding: readBinding(mappingAt(read, 'binding'), folder, read.at),
  };
}

/** Reads an environment.yaml. Throws as readServiceFile does. */
export function readEnvironmentFile({ path, text }: FileText, fill: Fill): EnvironmentFile {
  const read = readOne({ path, text }, environmentShape, fill);
  return { namespace: textAt(read, 'namespace'), cluster: textAt(read, 'cluster') };
}

function readOne({ path, text }: FileText, shape: MappingShape, fill: Fill): ReadValue {
  const file = readYamlFile(path, text);
  const [first, second] = file.documents;
  if (second) throw file.fault(second.root.range?.[0], 'holds more than one document');
  const at = { file: path, line: 1 };
  const read: ReadValue = first ? readYaml(first, fill) : { kind: 'mapping', at, entries: new Map() };
  checkShape(read, shape, '');
  return read;
}

function readImage(read: ReadMapping | undefined): ServiceImage | undefined {
  const repository = textAt(read, 'repository');
  if (!read || repository === undefined) return undefined;
  const [tag, digest] = [textAt(read, 'tag'), textAt(read, 'digest')];
  return { at: read.at, name: textAt(read, 'name') ?? repository, repository, tag, digest };
}

/** Paths in a list: of patches they start in the folder of the service, of others only when they begin with `./`. */
function readPaths(
  read: ReadValue | undefined,
  folder: string,
  start: 'folder' | 'root',
): readonly NamedPath[] {
  if (read?.kind !== 'list') return [];
  return read.items.map((item) => {
    const text = item.kind === 'scalar' ? item.text : '';
    const path = sourcePath(text, { folder, at: item.at, inside: start === 'folder' });
    if (start === 'folder' && !path.startsWith(`${folder}/`))
      throw deliveryFault(item.at, `${JSON.stringify(text)} leaves the folder of the service`);
    return { at: item.at, path };
  });
}

function readBinding(read: ReadMapping | undefined, folder: string, at: At): ServiceBinding {
  const type = textAt(read, 'type');
  const source = sourceOf(read, folder);
  if (type !== 'helm') {
    if (!source) throw deliveryFault(at, 'binding.source is missing');
    const workload = textAt(read, 'workload');
    return { type: type === 'manifests' ? 'manifests' : 'kustomize', source, workload };
  }
  const values = readPaths(valueAt(read, 'values'), folder, 'root');
  return { type, chart: readChart(read, source, at), release: textAt(read, 'release'), values };
}

function sourceOf(read: ReadMapping | undefined, folder: string): NamedPath | undefined {
  const value = valueAt(read, 'source');
  if (value?.kind !== 'scalar') return undefined;
  return { at: value.at, path: sourcePath(value.text, { folder, at: value.at }) };
}

function readChart(
  read: ReadMapping | undefined,
  source: NamedPath | undefined,
  at: At,
): Extract<ServiceBinding, { readonly type: 'helm' }>['chart'] {
  const [repository, name, version] = ['repository', 'chart', 'version'].map((key) => textAt(read, key));
  const line = read?.at ?? at;
  if (source) {
    if (repository === undefined && name === undefined && version === undefined) return source;
    throw deliveryFault(line, 'binding has a source and names a published chart too; take one of them');
  }
  if (repository === undefined || name === undefined)
    throw deliveryFault(line, 'binding needs repository, chart and version, or source');
  if (version === undefined)
    throw deliveryFault(line, 'binding.version is missing: name the one version of the chart');
  return { repository, name, version };
}
