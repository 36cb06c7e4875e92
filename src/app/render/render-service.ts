import { type ComparedObjects, compareRendered } from '../../delivery/compare-rendered.ts';
import type { ServicePlace } from '../../delivery/delivery-places.ts';
import type { ManifestValue } from '../../delivery/manifest-set.ts';
import { renderedHazards } from '../../delivery/rendered-hazards.ts';
import { renderedImages } from '../../delivery/rendered-images.ts';
import { type RenderSource, readRenderSource } from '../../delivery/render-source.ts';
import { splitDocuments } from '../../delivery/rendered-object.ts';
import { holdsSecret } from '../../domain/diff/holds-secret.ts';
import type { Owner } from '../../domain/layout/layout.ts';
import type { MissingLayer, RenderedService } from '../../domain/rendered/rendered-change.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { ImageName } from '../../domain/verification/image-name.ts';
import { drive } from '../../git/drive.ts';
import type { Renderer, Tools } from '../../render/renderer.ts';
import { refusalOf } from '../refuse-git.ts';
import { schemaHazards } from '../schema-hazards.ts';
import { readWorkFiles } from './read-work-files.ts';
import { type RenderedTree, generatorIn } from './rendered-tree.ts';

/** With what, and between which two trees. */
export interface Rendering {
  readonly renderer: Renderer;
  readonly tools: Tools;
  readonly before: RenderedTree;
  readonly after: RenderedTree;
  /** Whether an old state comes back. */
  readonly back: boolean;
  /** Whether who asks may see what belongs to somebody. */
  readonly mayRead: (owner: Owner) => boolean;
}

/** One side: its documents, or the layer that is missing. `by` is what its objects come from. */
type Side =
  | { readonly by: RenderSource['kind']; readonly documents: readonly string[] }
  | { readonly missing: Omit<MissingLayer, 'of'> };

/** A service as it is shown, and the documents that are made for it after the change; none where a layer is missing. */
export interface ServiceRendering {
  readonly shown: RenderedService;
  readonly documents: readonly string[];
  /** The objects that the change adds or changes, with their secrets: never to be shown. */
  readonly wanted: readonly ManifestValue[];
  /** Those that kustomize or helm makes it ask for anew. */
  readonly images: readonly ImageName[];
}

/** Renders one service on both sides and compares. Never throws for what a repository holds. */
export async function renderService(rendering: Rendering, place: ServicePlace): Promise<ServiceRendering> {
  const [before, after] = await Promise.all([
    renderSide(rendering, rendering.before, place),
    renderSide(rendering, rendering.after, place),
  ]);
  const nothing = { ...place, objects: [], unchanged: 0, hazards: [] };
  const without = (missing: readonly MissingLayer[]) => ({
    shown: { ...nothing, missing },
    documents: [],
    wanted: [],
    images: [],
  });
  if ('missing' in before || 'missing' in after) return without(bothMissing(before, after));
  try {
    const compared = compareRendered(before.documents, after.documents);
    if (isEmpty(before) && isEmpty(after) && compared.objects.length + compared.unchanged === 0)
      return without([nothingSays(place)]);
    const { objects, unchanged, wanted } = compared;
    // Of generated manifests the plan itself knows the hazards.
    const generated = rendering.after.project?.generator === true;
    const built = [before, after].some(({ by }) => by === 'kustomize' || by === 'helm');
    const { service } = place;
    const hazards = built || !generated ? await hazardsOf(compared, service, rendering) : [];
    const shown = { ...place, objects, unchanged, missing: [], hazards };
    const images = built ? renderedImages(compared.before, compared.after) : [];
    return { shown, documents: after.documents, wanted, images };
  } catch (error) {
    const reason = `what was rendered cannot be read: ${error instanceof Error ? error.message : ''}`;
    return without([{ layer: 'source', of: 'both', reason, at: undefined }]);
  }
}

async function hazardsOf(
  compared: ComparedObjects,
  service: string,
  { back }: Rendering,
): Promise<RenderedService['hazards']> {
  const objects = compared.after.map((value) => ({ path: undefined, value }));
  return [...renderedHazards({ ...compared, service, back }), ...(await schemaHazards(objects))];
}

/** The documents of a service after the change; none where they cannot be rendered. */
export async function renderAfter(rendering: Rendering, place: ServicePlace): Promise<readonly string[]> {
  const side = await renderSide(rendering, rendering.after, place);
  return 'missing' in side ? [] : side.documents;
}

const isEmpty = (side: Side): boolean => 'by' in side && (side.by === 'manifests' || side.by === 'none');

const nothingSays = ({ service }: ServicePlace): MissingLayer => ({
  layer: 'source',
  of: 'both',
  reason: `nothing in the folder of ${service} says how its objects are made: no service.yaml with a generator, no kustomization, no chart, no manifests`,
  at: undefined,
});

function bothMissing(before: Side, after: Side): readonly MissingLayer[] {
  const [present, target] = [before, after].map((side) => ('missing' in side ? side.missing : undefined));
  if (present && target && JSON.stringify(present) === JSON.stringify(target))
    return [{ ...present, of: 'both' }];
  return [
    ...(present ? [{ ...present, of: 'present' as const }] : []),
    ...(target ? [{ ...target, of: 'target' as const }] : []),
  ];
}

async function renderSide(rendering: Rendering, tree: RenderedTree, place: ServicePlace): Promise<Side> {
  const { layout, reader, root } = tree;
  const question = { layout, place, mayRead: rendering.mayRead };
  try {
    const source = await drive(reader, readRenderSource(root, { ...question, generator: generatorIn(tree) }));
    return await renderSource(rendering, tree, source);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!(refusal instanceof Refusal)) throw error;
    const { file, line, reason } = refusal.facts;
    const at = typeof file === 'string' && typeof line === 'number' ? { file, line } : undefined;
    const text = at && typeof reason === 'string' ? reason : refusal.message;
    return { missing: { layer: 'source', reason: text, at } };
  }
}

async function renderSource(
  { renderer, tools }: Rendering,
  { reader }: RenderedTree,
  source: RenderSource,
): Promise<Side> {
  switch (source.kind) {
    case 'none':
      return { by: 'none', documents: [] };
    case 'missing':
      return { missing: source.missing };
    case 'manifests': {
      const documents = source.files.flatMap(({ text }) => splitDocuments(text));
      return { by: 'manifests', documents };
    }
    default: {
      const layer = source.kind;
      if (!tools[layer]) return { missing: notInstalled[layer] };
      const files = await readWorkFiles(reader, source.files);
      if ('reason' in files) return { missing: { layer: 'source', reason: files.reason, at: undefined } };
      const run =
        source.kind === 'kustomize'
          ? await renderer.kustomize(files.files, source.folder)
          : await renderer.helm({ ...source, files: files.files });
      if (run.ok) return { by: layer, documents: splitDocuments(run.output) };
      return {
        missing: failed(layer, source.kind === 'helm' ? source.chart : source.folder, { run, files }),
      };
    }
  }
}

const notInstalled = {
  kustomize: {
    layer: 'kustomize',
    reason:
      'neither kustomize nor kubectl (1.24 or newer) is on the PATH; install one of them to see these objects and their hazards',
    at: undefined,
  },
  helm: {
    layer: 'helm',
    reason: 'helm is not on the PATH; install helm 3 to see these objects and their hazards',
    at: undefined,
  },
} as const;

interface Failure {
  readonly run: { readonly reason: string };
  readonly files: { readonly files: readonly { readonly content: Uint8Array }[] };
}

/** What a tool complains of can quote the file it reads. */
function failed(
  layer: 'kustomize' | 'helm',
  folder: string,
  { run, files }: Failure,
): Omit<MissingLayer, 'of'> {
  const texts = files.files.map(({ content }) => new TextDecoder().decode(content));
  const reason = texts.some(holdsSecret)
    ? `${layer} could not render ${folder}; its words may hold secret values, so run it yourself`
    : `${layer} could not render ${folder}: ${run.reason}`;
  return { layer, reason, at: undefined };
}
