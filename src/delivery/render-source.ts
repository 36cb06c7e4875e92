import { type Layout, type Owner, ownerOf } from '../domain/layout/layout.ts';
import type { MissingLayer } from '../domain/rendered/rendered-change.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { refuseBombs } from './alias-bomb.ts';
import { chartFault } from './chart-file.ts';
import type { ServicePlace } from './delivery-places.ts';
import { refuseOutside } from './kustomize-outside.ts';
import { kustomizationIn, readBases } from './kustomize-bases.ts';
import type { SourceFile } from './manifest-set.ts';
import type { Generator } from './regenerate.ts';
import { serviceFolders } from './service-folders.ts';
import { type ServiceHead, readServiceHeads } from './service-inputs.ts';
import { type TreeTexts, loadTexts, namedText, pathsIn, textOf, treeTexts } from './tree-texts.ts';
import { type At, deliveryFault } from './variable.ts';

/** What the objects of a service come from in one tree, and every file that is needed for it. */
export type RenderSource =
  | { readonly kind: 'none' }
  | { readonly kind: 'manifests'; readonly folder: string; readonly files: readonly SourceFile[] }
  | { readonly kind: 'kustomize'; readonly folder: string; readonly files: Files }
  | {
      readonly kind: 'helm';
      readonly chart: string;
      /** Texts, the last one wins. */
      readonly values: readonly string[];
      readonly release: string;
      readonly namespace: string;
      readonly files: Files;
    }
  | { readonly kind: 'missing'; readonly missing: Omit<MissingLayer, 'of'> };

type Files = ReadonlyMap<string, EntryState>;

/** Which service, in which project. */
export interface RenderQuestion {
  readonly layout: Layout;
  readonly generator: Generator | undefined;
  readonly place: ServicePlace;
  /** Whether who asks may see what belongs to somebody: a base can lie in the folder of another tenant. */
  readonly mayRead: (owner: Owner) => boolean;
}

/**
 * Finds out from what the objects of a service are rendered: as its service.yaml says, and else by what lies in its
 * folder. Everything is read before any tool runs. Throws delivery_invalid with file and line for remote bases, paths
 * that leave the repository, and YAML that is too large once its aliases are written out.
 */
export function* readRenderSource(root: Oid, question: RenderQuestion): Walk<RenderSource> {
  const source = yield* findSource(root, question);
  if (source.kind !== 'kustomize' && source.kind !== 'helm') return source;
  const { layout, mayRead } = question;
  for (const path of source.files.keys()) {
    const owner = ownerOf(layout, path);
    if (owner && !mayRead(owner))
      throw deliveryFault({ file: path, line: 1 }, 'belongs to others, and you may not look at it');
  }
  return source;
}

function* findSource(root: Oid, { layout, generator, place }: RenderQuestion): Walk<RenderSource> {
  const tree = treeTexts(root);
  const output = generator?.places.output(place);
  const [head] = generator ? yield* readServiceHeads(tree, generator, [place]) : [];
  if (head && output !== undefined) return yield* boundSource(tree, head, output);
  const folders = serviceFolders(layout, place);
  yield* loadTexts(tree, { files: [], folders });
  const folder = folders.find((path) => pathsIn(tree, path).length > 0);
  return folder === undefined ? { kind: 'none' } : yield* folderSource(tree, folder, place);
}

function* boundSource(tree: TreeTexts, head: ServiceHead, output: string): Walk<RenderSource> {
  const { place, service, environment } = head;
  const { binding, at } = service;
  yield* loadTexts(tree, { files: [], folders: [output] });
  if (binding.type === 'manifests') return manifestSource(tree, output);
  if (binding.type !== 'helm') return yield* kustomizeSource(tree, { at, path: output });
  const { chart, release = place.service } = binding;
  if (!('path' in chart)) {
    const line = lineOf(tree, at.file, /\bchart["']?\s*:/);
    const reason = `the chart ${chart.name} ${chart.version} is not in this repository and is never fetched; copy it here and name it as source to see its objects`;
    return { kind: 'missing', missing: { layer: 'chart', reason, at: { file: at.file, line } } };
  }
  const values = namedText(tree, { at, path: `${output}/values.yaml` });
  const namespace = environment.namespace ?? `${place.tenant}-${place.environment}`;
  return yield* chartSource(tree, { ...chart, values: [values.text], release, namespace });
}

/** What people put there themselves, without a service.yaml. */
function* folderSource(tree: TreeTexts, folder: string, place: ServicePlace): Walk<RenderSource> {
  const at = { file: folder, line: 1 };
  if (kustomizationIn(tree, folder) !== undefined) return yield* kustomizeSource(tree, { at, path: folder });
  if (tree.entries.has(`${folder}/Chart.yaml`))
    return yield* chartSource(tree, {
      at,
      path: folder,
      values: [],
      release: place.service,
      namespace: 'default',
    });
  return manifestSource(tree, folder);
}

function manifestSource(tree: TreeTexts, folder: string): RenderSource {
  const files = pathsIn(tree, folder)
    .filter((path) => /\.(?:ya?ml|json)$/.test(path))
    .map((path) => ({ path, text: textOf(tree, path) ?? '' }));
  return { kind: 'manifests', folder, files };
}

interface Named {
  readonly at: At;
  readonly path: string;
}

function* kustomizeSource(tree: TreeTexts, named: Named): Walk<RenderSource> {
  const folders = yield* readBases(tree, named);
  for (const folder of folders) refuseOutside(tree, folder);
  const files = filesIn(tree, folders);
  refuseBombs(tree, files.keys());
  return { kind: 'kustomize', folder: named.path, files };
}

interface Chart extends Named {
  readonly values: readonly string[];
  readonly release: string;
  readonly namespace: string;
}

function* chartSource(tree: TreeTexts, chart: Chart): Walk<RenderSource> {
  const { path, values, release, namespace } = chart;
  yield* loadTexts(tree, { files: [], folders: [path] });
  const fault = chartFault(tree, path);
  if (fault) return { kind: 'missing', missing: { layer: 'chart', ...fault } };
  const files = filesIn(tree, [path]);
  // Templates are no YAML before they are rendered.
  refuseBombs(
    tree,
    [...files.keys()].filter((file) => !file.includes('/templates/')),
  );
  return { kind: 'helm', chart: path, values, release, namespace, files };
}

const filesIn = (tree: TreeTexts, folders: readonly string[]): Files =>
  new Map([...tree.entries].filter(([path]) => folders.some((folder) => path.startsWith(`${folder}/`))));

function lineOf(tree: TreeTexts, path: string, pattern: RegExp): number {
  const text = textOf(tree, path) ?? '';
  const offset = text.search(pattern);
  return offset < 0 ? 1 : text.slice(0, offset).split('\n').length;
}
