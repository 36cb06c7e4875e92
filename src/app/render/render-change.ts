import type { ServicePlace } from '../../delivery/delivery-places.ts';
import { type Layout, type Owner, ownerOf } from '../../domain/layout/layout.ts';
import type { Project } from '../../domain/layout/project-file.ts';
import type { RenderedChange } from '../../domain/rendered/rendered-change.ts';
import type { ImageName } from '../../domain/verification/image-name.ts';
import type { AppliedEdits } from '../../git/apply-edits.ts';
import { drive } from '../../git/drive.ts';
import { type ObjectReader, readerAhead } from '../../git/object-reader.ts';
import type { Renderer, Tools } from '../../render/renderer.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Oid } from '../../tree/object.ts';
import { everything } from '../../tree/select.ts';
import { readProjectFile } from '../read-project-file.ts';
import { limitTexts } from './limit-texts.ts';
import { addCollisions } from './add-collisions.ts';
import { type Rendering, type ServiceRendering, renderService } from './render-service.ts';
import type { RenderedTree } from './rendered-tree.ts';

/** A planned change, as two trees: the present one, and the one that it leads to with the objects not written yet. */
export interface ChangedTrees {
  readonly reader: ObjectReader;
  readonly before: Oid;
  readonly result: AppliedEdits;
  readonly layout: Layout;
  readonly project: Project | undefined;
  /** Whether an old state comes back. */
  readonly back: boolean;
  /** Whether who asks may see what belongs to somebody. */
  readonly mayRead: (owner: Owner) => boolean;
}

const mostServices = 40;
/** Milliseconds after which no further service is begun. */
const patience = 60_000;

/** The images that kustomize or helm makes one service ask for anew. */
export type ServiceImages = readonly ImageName[];

/**
 * Renders the services that a change touches before and after it, and compares object by object; `images` are those of
 * its services, in their order. Nothing is written but a temporary folder. What cannot be rendered is said per service
 * and never stops the others.
 */
export async function renderChange(
  renderer: Renderer,
  trees: ChangedTrees,
): Promise<{ readonly change: RenderedChange; readonly images: readonly ServiceImages[] }> {
  const { rendering, done, leftOut, until } = await renderServices(renderer, trees);
  const services = await addCollisions(rendering, done, { most: mostServices - done.length, until });
  const change = { tools: named(rendering.tools), services: limitTexts(services), leftOut };
  return { change, images: done.map(({ images }) => images) };
}

/** The services that a change touches and that may be read, rendered as long as there is time: until that moment. */
export async function renderServices(
  renderer: Renderer,
  trees: ChangedTrees,
): Promise<{
  readonly rendering: Rendering;
  readonly done: readonly ServiceRendering[];
  readonly leftOut: readonly string[];
  readonly until: number;
}> {
  const { mayRead, back } = trees;
  const { before, after } = await bothTrees(trees);
  const all = await touchedPlaces(after, trees.before);
  const places = all.filter((place) => mayRead({ ...place, generated: false }));
  const tools = await renderer.tools();
  const rendering = { renderer, tools, before, after, back, mayRead };
  const until = Date.now() + patience;
  const done: ServiceRendering[] = [];
  const leftOut: string[] = [];
  for (const place of places) {
    if (done.length === mostServices || Date.now() > until)
      leftOut.push(`${place.tenant}/${place.environment}/${place.service}`);
    else done.push(await renderService(rendering, place));
  }
  return { rendering, done, leftOut, until };
}

const named = ({ kustomize, helm }: Tools): RenderedChange['tools'] =>
  [kustomize, helm].flatMap((tool) => (tool ? [{ name: tool.name, version: tool.version }] : []));

async function bothTrees({ reader, before, result, layout, project }: ChangedTrees): Promise<{
  readonly before: RenderedTree;
  readonly after: RenderedTree;
}> {
  const ahead = readerAhead(reader, result.objects);
  const then = project && (await readProjectFile(ahead, result.tree, []));
  return {
    before: { reader, root: before, layout, project },
    after: { reader: ahead, root: result.tree, layout: then?.layout ?? layout, project: then ?? project },
  };
}

/** The services of which a file differs, their generated files included. */
async function touchedPlaces(
  { reader, root, layout }: RenderedTree,
  before: Oid,
): Promise<readonly ServicePlace[]> {
  const changes = await drive(reader, diffTrees(before, root, everything));
  const places = new Map<string, ServicePlace>();
  for (const { path } of changes) {
    const { tenant, environment, service } = ownerOf(layout, path) ?? {};
    if (tenant === undefined || environment === undefined || service === undefined) continue;
    places.set(JSON.stringify([tenant, environment, service]), { tenant, environment, service });
  }
  return [...places].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
}
