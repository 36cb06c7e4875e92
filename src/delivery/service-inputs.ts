import { type Layout, type Owner, ownerOf } from '../domain/layout/layout.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import type { Walk } from '../tree/object.ts';
import type { DeliveryPlaces, ServicePlace } from './delivery-places.ts';
import { type VariableSets, type Variables, effectiveVariables } from './effective-variables.ts';
import type { ServiceInputs } from './generate-service.ts';
import { readBases } from './kustomize-bases.ts';
import type { SourceFile } from './manifest-set.ts';
import type { Fill } from './read-yaml.ts';
import { readVariables } from './read-variables.ts';
import {
  type EnvironmentFile,
  type NamedPath,
  type ServiceFile,
  readEnvironmentFile,
  readServiceFile,
} from './service-file.ts';
import { sha256 } from './sha256.ts';
import { type TreeTexts, loadTexts, namedText, pathsIn, textOf } from './tree-texts.ts';
import { type Variable, type VariableScope, deliveryFault } from './variable.ts';

/** A service with what it says, before its sources are read. */
export interface ServiceHead {
  readonly place: ServicePlace;
  readonly service: ServiceFile;
  readonly environment: EnvironmentFile;
  readonly fill: Fill;
  /** Paths of the files it was read from. */
  readonly files: readonly string[];
}

/** Where services are, and how their placeholders are answered if not from the variables of the tree. */
export interface HeadReading {
  readonly places: DeliveryPlaces;
  readonly answer?: (sets: VariableSets) => Variables;
}

/** Reads service.yaml, variables and environment.yaml of services; those without a service.yaml are left out. */
export function* readServiceHeads(
  tree: TreeTexts,
  { places, answer = effectiveVariables }: HeadReading,
  wanted: readonly ServicePlace[],
): Walk<readonly ServiceHead[]> {
  const all = wanted.map((place) => ({ place, ...headFiles(places, place) }));
  yield* loadTexts(tree, { files: all.flatMap(({ files }) => files), folders: [] });
  const variables = new Map<string, ReadonlyMap<string, Variable>>();
  return all.flatMap((one) => {
    const text = one.service === undefined ? undefined : textOf(tree, one.service);
    if (one.service === undefined || text === undefined) return [];
    const effective = answer(variableSets(tree, one.variables, variables));
    return [headOf({ ...one, service: { path: one.service, text } }, tree, effective)];
  });
}

/** A variables file of a service, and the scope that it is of. */
export interface ScopeFile {
  readonly scope: VariableScope;
  readonly path: string;
}

/** The variables of loaded files, by scope. What was read before is found in `known`. */
export function variableSets(
  tree: TreeTexts,
  files: readonly ScopeFile[],
  known = new Map<string, ReadonlyMap<string, Variable>>(),
): VariableSets {
  const sets: { [scope in VariableScope]?: ReadonlyMap<string, Variable> } = {};
  for (const { scope, path } of files) {
    const set = known.get(path) ?? readVariables({ file: path, scope, text: textOf(tree, path) ?? '' });
    known.set(path, set);
    sets[scope] = set;
  }
  return sets;
}

interface HeadFiles {
  readonly service: string | undefined;
  readonly environment: string | undefined;
  readonly variables: readonly ScopeFile[];
  readonly files: readonly string[];
}

function headFiles(places: DeliveryPlaces, place: ServicePlace): HeadFiles {
  const folder = places.serviceFolder(place);
  const service = folder === undefined ? undefined : `${folder}/service.yaml`;
  const environment = places.environmentFile(place);
  const variables = places.variableFiles(place);
  const files = [service, environment, ...variables.map(({ path }) => path)];
  return { service, environment, variables, files: files.filter((path) => path !== undefined) };
}

type Head = Omit<HeadFiles, 'service'> & { readonly place: ServicePlace; readonly service: SourceFile };

function headOf(
  { place, service, environment, files }: Head,
  tree: TreeTexts,
  effective: Variables,
): ServiceHead {
  const fill: Fill = (placeholder, at) => effective.resolve(placeholder, at).value;
  const text = environment === undefined ? undefined : textOf(tree, environment);
  return {
    place,
    fill,
    files,
    service: readServiceFile(service, fill),
    environment: readEnvironmentFile({ path: environment ?? '', text: text ?? '' }, fill),
  };
}

/** The folders of the repository that a service builds on, and where it names them. */
export function sourcesOf({ service: { binding } }: ServiceHead): readonly NamedPath[] {
  if (binding.type !== 'helm') return [binding.source];
  return 'path' in binding.chart ? [binding.chart] : [];
}

/** The single files that a service names. */
const namedFiles = ({ service: { binding, patches } }: ServiceHead): readonly NamedPath[] => [
  ...patches,
  ...(binding.type === 'helm' ? binding.values : []),
];

/** The inputs of a service, and where they were found. */
export interface ReadService extends ServiceInputs {
  /** Where its own files and variables are, or could be. */
  readonly files: readonly string[];
  /** Every folder that it builds on, those of its bases too. */
  readonly folders: readonly string[];
  /** All that was found. */
  readonly inputs: ReadonlyMap<string, EntryState>;
}

/** Reads everything else that services are made from. Throws delivery_invalid for what is missing or not theirs. */
export function* readServiceInputs(
  tree: TreeTexts,
  layout: Layout,
  heads: readonly ServiceHead[],
): Walk<readonly ReadService[]> {
  const folders = heads.flatMap((head) => sourcesOf(head).map(({ path }) => path));
  const files = heads.flatMap((head) => namedFiles(head).map(({ path }) => path));
  yield* loadTexts(tree, { files, folders });
  const bases = new Map<string, readonly string[]>();
  for (const { service } of heads)
    if (service.binding.type === 'kustomize' && !bases.has(service.binding.source.path))
      bases.set(service.binding.source.path, yield* readBases(tree, service.binding.source));
  const pathsOf = remembered((folder) => pathsIn(tree, folder));
  const shared: Shared = {
    pathsOf,
    basesOf: (folder) => bases.get(folder) ?? [folder],
    ownerOf: remembered((path) => ownerOf(layout, path)),
    printOf: remembered((folder) => printOf(tree, folder, pathsOf(folder))),
  };
  return heads.map((head) => inputsOf(tree, head, shared));
}

/** What belongs to one place can only be read there: a change of it must not reach others. */
function refuseForeign(owner: Owner | undefined, place: ServicePlace, { at, path }: NamedPath): void {
  if (!owner) return;
  if (owner.generated) throw deliveryFault(at, `${path} is generated, and nothing is made from that`);
  const foreign = (['tenant', 'environment', 'service'] as const).find(
    (name) => owner[name] !== undefined && owner[name] !== place[name],
  );
  if (foreign === undefined) return;
  const whose = `${foreign} ${owner[foreign] ?? ''}`;
  throw deliveryFault(at, `${path} belongs to the ${whose}; move it to where both may read it`);
}

/** What many services ask alike. */
interface Shared {
  readonly pathsOf: (folder: string) => readonly string[];
  readonly basesOf: (folder: string) => readonly string[];
  readonly ownerOf: (path: string) => Owner | undefined;
  readonly printOf: (folder: string) => string;
}

function remembered<Value>(work: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const done = known.get(key);
    if (done !== undefined) return done;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}

function inputsOf(tree: TreeTexts, head: ServiceHead, shared: Shared): ReadService {
  const { service, files, place } = head;
  const { binding, patches } = service;
  const [source] = sourcesOf(head);
  const folders = source ? shared.basesOf(source.path) : [];
  const paths = folders.flatMap(shared.pathsOf);
  if (source) checkSource(tree, source, { binding, paths });
  for (const path of source ? paths : [])
    refuseForeign(shared.ownerOf(path), place, { at: source?.at ?? service.at, path });
  const named = namedFiles(head);
  for (const one of named) refuseForeign(shared.ownerOf(one.path), place, one);
  const all = [...files, ...paths, ...named.map(({ path }) => path)];
  return {
    ...head,
    folders,
    rendered: binding.type === 'manifests' ? [] : folders.map(shared.printOf),
    sources: binding.type === 'manifests' ? paths.flatMap((path) => sourceFile(tree, path)) : [],
    patches: patches.map((patch) => namedText(tree, patch)),
    values: binding.type === 'helm' ? binding.values.map((one) => namedText(tree, one)) : [],
    inputs: new Map(all.flatMap((path) => entryOf(tree, path))),
  };
}

interface Source extends Pick<ServiceFile, 'binding'> {
  readonly paths: readonly string[];
}

function checkSource(tree: TreeTexts, { at, path: source }: NamedPath, { binding, paths }: Source): void {
  if (paths.length === 0) throw deliveryFault(at, `${source} does not exist`);
  if (binding.type === 'helm' && !tree.entries.has(`${source}/Chart.yaml`))
    throw deliveryFault(at, `${source} has no Chart.yaml`);
  if (binding.type === 'kustomize') for (const path of paths) refusePlaceholder(tree, path);
}

const entryOf = ({ entries }: TreeTexts, path: string): readonly (readonly [string, EntryState])[] => {
  const entry = entries.get(path);
  return entry ? [[path, entry]] : [];
};

/** Only what may hold manifests has to be text. */
function sourceFile(tree: TreeTexts, path: string): readonly SourceFile[] {
  if (!/\.(?:ya?ml|json)$|\/Kustomization$/.test(path)) return [];
  return [{ path, text: textOf(tree, path) ?? '' }];
}

function refusePlaceholder({ entries, texts }: TreeTexts, path: string): void {
  const text = texts.get(entries.get(path)?.oid ?? '');
  const found = text === undefined ? null : /\{\{\s*hq\b[^}\n]*\}\}/.exec(text);
  if (!found || text === undefined) return;
  const line = text.slice(0, found.index).split('\n').length;
  throw deliveryFault(
    { file: path, line },
    `${found[0]} would not be filled here; set it in a patch of the service`,
  );
}

/** Says in the generated folder what Argo CD will find beside it, so that the folder changes whenever that does. */
function printOf(tree: TreeTexts, folder: string, paths: readonly string[]): string {
  const lines = paths.map((path) => {
    const { mode, oid } = tree.entries.get(path) ?? { mode: '', oid: '' };
    return `${mode} ${oid} ${path}`;
  });
  return `Builds on ${folder} (sha256:${sha256(lines.join('\n')).slice(0, 16)}).`;
}
