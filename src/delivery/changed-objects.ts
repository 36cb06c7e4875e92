import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { TreeChange } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { filesBeside } from './files-beside.ts';
import { nameOf } from './manifest-set.ts';
import type { GeneratedObject } from './object-hazards.ts';
import { objectsIn } from './objects-in.ts';

/** The objects of generated files that change, on both sides, and those that scale them in files that stay. */
export interface GeneratedChange {
  readonly before: readonly GeneratedObject[];
  readonly after: readonly GeneratedObject[];
  readonly beside: readonly GeneratedObject[];
}

/**
 * What changes among generated objects, up to the tree `after`. It sees manifests and Applications; what Argo CD renders
 * from a kustomization or a chart is not known here.
 */
export function* changedObjects(
  layout: Layout,
  all: readonly TreeChange[],
  after: Oid,
): Walk<GeneratedChange> {
  const changes = all.filter(({ path }) => ownerOf(layout, path)?.generated === true);
  const texts = yield* readTexts(textOids(changes.flatMap((change) => [change.before, change.after])));
  const objectsOf = (path: string, text: string | undefined): readonly GeneratedObject[] => {
    const { tenant = '', environment = '' } = ownerOf(layout, path) ?? {};
    const found = objectsIn(path, text).filter((value) => nameOf(value) !== '');
    return found.map((value) => ({ path, place: `${tenant}/${environment}`, value }));
  };
  const objectsOn = (side: 'before' | 'after'): readonly GeneratedObject[] =>
    changes.flatMap(({ path, [side]: state }) => objectsOf(path, texts.get(state?.oid ?? '')));
  const changed = new Set(changes.map(({ path }) => path));
  const near = yield* filesBeside(after, changes);
  const beside = near
    .filter(([path, text]) => !changed.has(path) && /\bHorizontalPodAutoscaler\b/.test(text))
    .flatMap(([path, text]) => objectsOf(path, text));
  return { before: objectsOn('before'), after: objectsOn('after'), beside };
}
