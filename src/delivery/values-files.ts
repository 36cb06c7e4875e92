import { repositoryAddress } from '../domain/cluster/repository-address.ts';
import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { selectScope, selectSharedWith } from '../domain/layout/layout-selector.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import type { ServicePlace } from './delivery-places.ts';
import { plainDocuments } from './plain-documents.ts';
import { type TreeTexts, loadTexts, textOf } from './tree-texts.ts';

/** One layer of values: a file, or values that stand in another file. */
export type ValuesSource =
  | { readonly kind: 'file'; readonly path: string; readonly optional: boolean }
  | { readonly kind: 'inline'; readonly file: string; readonly value: FieldValue };

/** The layers of a release, the last one wins, and its own file among them, if it has one. */
export interface ValuesFiles {
  readonly layers: readonly ValuesSource[];
  readonly own: string | undefined;
  /** Why the order cannot be told. */
  readonly unknown: string | undefined;
}

const mostFiles = 200;
const isValues = (path: string): boolean => /(?:^|\/)values[^/]*\.ya?ml$/.test(path);

/**
 * Where the values of a service come from that has no service.yaml: as its Argo CD Application says, and else as the
 * layout has them, shared ones below its own. `undefined` for a service without values of its own.
 */
export function* readValuesFiles(
  layout: Layout,
  place: ServicePlace,
  tree: TreeTexts,
): Walk<ValuesFiles | undefined> {
  const listed = yield* listPaths(tree.root, selectScope(layout, place));
  const own = [...listed.keys()].filter(
    (path) => /\.(?:ya?ml|json)$/.test(path) && ownerOf(layout, path)?.service === place.service,
  );
  if (own.length === 0 || own.length > mostFiles) return undefined;
  yield* loadTexts(tree, { files: own, folders: [] });
  const said = own.flatMap((path) => applicationIn(tree, path, new Set(own)));
  const [only, second] = said;
  if (second)
    return untold(
      'it has several Applications',
      said.flatMap(({ layers }) => layers),
    );
  return only ?? (yield* byLayout(layout, place, { root: tree.root, own: own.filter(isValues) }));
}

function applicationIn(tree: TreeTexts, path: string, own: ReadonlySet<string>): readonly ValuesFiles[] {
  const text = textOf(tree, path) ?? '';
  if (!/^\s*["']?kind["']?:\s*["']?Application["']?\s*$/m.test(text)) return [];
  return plainDocuments(path, text).flatMap((document) => {
    const spec = isMapping(document) && document['kind'] === 'Application' ? document['spec'] : undefined;
    if (!isMapping(spec)) return [];
    const listed = listOf(spec['sources']).filter((one) => isMapping(one));
    const sources = listed.length > 0 ? listed : [spec['source']].filter((one) => isMapping(one));
    const refs = new Map(sources.map(({ ref, repoURL }) => [ref, addressOf(repoURL)]));
    const releases = sources.map((source) => sourceLayers(path, source, refs));
    const [release, second] = releases.filter((layers) => layers.length > 0);
    const all = releases.flat().map(({ layer }) => layer);
    if (second) return [untold('its Application has several charts', all)];
    return release ? [releaseIn(release, own)] : [];
  });
}

/** The layers are named all the same: whether their files changed decides whether anybody has to hear of it. */
const untold = (unknown: string, layers: readonly ValuesSource[]): ValuesFiles => ({
  layers,
  own: undefined,
  unknown,
});

/** A layer and the repository it is in: empty where nothing tells. */
interface PlacedLayer {
  readonly layer: ValuesSource;
  readonly repository: string;
}

/** The layers that are in this repository, which is the one that the files of the service are taken from. */
function releaseIn(placed: readonly PlacedLayer[], own: ReadonlySet<string>): ValuesFiles {
  const files = placed.filter(({ layer }) => layer.kind === 'file');
  const ours = files.filter(({ layer }) => layer.kind === 'file' && own.has(layer.path));
  const [named, homes] = [namedIn(files), namedIn(ours)];
  if (named.size > 1 && homes.size !== 1)
    return untold(
      'nothing says which of the repositories of its Application this one is',
      placed.map(({ layer }) => layer),
    );
  const layers = placed
    .filter(({ repository }) => repository === '' || homes.size === 0 || homes.has(repository))
    .map(({ layer }) => layer);
  const last = layers.findLast((layer) => layer.kind === 'file' && own.has(layer.path));
  return { layers, own: last?.kind === 'file' ? last.path : undefined, unknown: undefined };
}

const namedIn = (placed: readonly PlacedLayer[]): ReadonlySet<string> =>
  new Set(placed.map(({ repository }) => repository).filter((address) => address !== ''));

const addressOf = (url: FieldValue | undefined): string =>
  typeof url === 'string' ? repositoryAddress(url) : '';

type Mapping = Readonly<Record<string, FieldValue>>;

const listOf = (value: FieldValue | undefined): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [];

/** The addresses of the sources that have a `ref`. */
type Refs = ReadonlyMap<FieldValue | undefined, string>;

/** As Argo CD layers them: the chart's own values, files, `values` or `valuesObject`, then parameters. */
function sourceLayers(file: string, source: Mapping, refs: Refs): readonly PlacedLayer[] {
  const { path, helm, repoURL } = source;
  const chart = typeof path === 'string' ? joined('', path) : undefined;
  const said = isMapping(helm) ? helm : {};
  const optional = said['ignoreMissingValueFiles'] === true;
  const files = listOf(said['valueFiles']).flatMap((one) => {
    if (typeof one !== 'string' || isElsewhere(source, one)) return [];
    const written = valueFile(chart, one);
    const [ref] = /^\$[^/]*/.exec(one) ?? [];
    const repository = ref === undefined ? addressOf(repoURL) : (refs.get(ref.slice(1)) ?? '');
    return written === undefined ? [] : [placedFile({ path: written, optional }, repository)];
  });
  const inline = isMapping(said['valuesObject'])
    ? [said['valuesObject']]
    : typeof said['values'] === 'string'
      ? plainDocuments(file, said['values'])
      : [];
  const parameters = listOf(said['parameters']).flatMap((one) =>
    isMapping(one) ? [parameterValue(one)] : [],
  );
  const above = [...inline, ...parameters].map((value) => ({
    layer: { kind: 'inline', file, value } as const,
    repository: '',
  }));
  if (files.length + above.length === 0) return [];
  const defaults =
    chart === undefined
      ? []
      : [placedFile({ path: `${chart}/values.yaml`, optional: true }, addressOf(repoURL))];
  return [...defaults, ...files, ...above];
}

const placedFile = (
  file: { readonly path: string; readonly optional: boolean },
  repository: string,
): PlacedLayer => ({ layer: { kind: 'file', ...file }, repository });

/** A published chart has its files inside of it, and an address is fetched. */
const isElsewhere = ({ chart }: Mapping, written: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(written) || (typeof chart === 'string' && !written.startsWith('$'));

/** `$ref/path` and `/path` start at the root of the repository, others in the folder of the chart. */
function valueFile(chart: string | undefined, written: string): string | undefined {
  if (written.startsWith('$')) return joined('', written.slice(written.indexOf('/') + 1));
  if (written.startsWith('/')) return joined('', written.slice(1));
  return chart === undefined ? undefined : joined(chart, written);
}

function joined(folder: string, written: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

function parameterValue({ name, value }: Mapping): FieldValue {
  const keys = typeof name === 'string' ? name.split('.') : [];
  return keys.reduceRight<FieldValue>((inner, key) => ({ [key]: inner }), value ?? null);
}

function* byLayout(
  layout: Layout,
  place: ServicePlace,
  { root, own }: { readonly root: Oid; readonly own: readonly string[] },
): Walk<ValuesFiles | undefined> {
  const listed = yield* listPaths(root, selectSharedWith(layout, place));
  const shared = [...listed.keys()]
    .filter((path) => isValues(path) && ownerOf(layout, path)?.service === place.service)
    .map((path) => ({ path, names: namesOf(layout, path) }))
    .toSorted((a, b) => a.names - b.names);
  if (shared.length === 0) return undefined;
  const twins = shared.some(({ names }, index) => shared[index + 1]?.names === names);
  const [file, other] = own;
  const layers = [...shared.map(({ path }) => path), ...own].map(
    (path) => ({ kind: 'file', path, optional: true }) as const,
  );
  const unknown =
    twins || other !== undefined ? 'nothing says in which order its values files are layered' : undefined;
  return { layers, own: file, unknown };
}

/** How many names the template of a path gives: the more, the nearer. */
function namesOf(layout: Layout, path: string): number {
  const owner = ownerOf(layout, path);
  return [owner?.tenant, owner?.environment].filter((name) => name !== undefined).length;
}
