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
  if (second) return { layers: [], own: undefined, unknown: 'it has several Applications' };
  return only ?? (yield* byLayout(layout, place, { root: tree.root, own: own.filter(isValues) }));
}

function applicationIn(tree: TreeTexts, path: string, own: ReadonlySet<string>): readonly ValuesFiles[] {
  const text = textOf(tree, path) ?? '';
  if (!/^\s*["']?kind["']?:\s*["']?Application["']?\s*$/m.test(text)) return [];
  return plainDocuments(path, text).flatMap((document) => {
    const spec = isMapping(document) && document['kind'] === 'Application' ? document['spec'] : undefined;
    if (!isMapping(spec)) return [];
    const sources = [spec['source'], ...listOf(spec['sources'])].filter((one) => isMapping(one));
    const layers = sources.flatMap((source) => sourceLayers(path, source));
    const files = layers.flatMap((layer) =>
      layer.kind === 'file' && own.has(layer.path) ? [layer.path] : [],
    );
    return layers.length === 0 ? [] : [{ layers, own: files.at(-1), unknown: undefined }];
  });
}

type Mapping = Readonly<Record<string, FieldValue>>;

const listOf = (value: FieldValue | undefined): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [];

/** As Argo CD layers them: the chart's own values, files, `values` or `valuesObject`, then parameters. */
function sourceLayers(file: string, { path, helm }: Mapping): readonly ValuesSource[] {
  const chart = typeof path === 'string' ? joined('', path) : undefined;
  const said = isMapping(helm) ? helm : {};
  const files = listOf(said['valueFiles']).flatMap((one) =>
    typeof one === 'string' ? (valueFile(chart, one) ?? []) : [],
  );
  const inline = isMapping(said['valuesObject'])
    ? [said['valuesObject']]
    : typeof said['values'] === 'string'
      ? plainDocuments(file, said['values'])
      : [];
  const parameters = listOf(said['parameters']).flatMap((one) =>
    isMapping(one) ? [parameterValue(one)] : [],
  );
  const above = [...inline, ...parameters].map((value) => ({ kind: 'inline', file, value }) as const);
  if (files.length + above.length === 0) return [];
  const defaults: readonly ValuesSource[] =
    chart === undefined ? [] : [{ kind: 'file', path: `${chart}/values.yaml`, optional: true }];
  const optional = said['ignoreMissingValueFiles'] === true;
  return [...defaults, ...files.map((one) => ({ kind: 'file', path: one, optional }) as const), ...above];
}

/** `$ref/path` and `/path` start at the root of the repository, others in the folder of the chart. */
function valueFile(chart: string | undefined, written: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return undefined;
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
