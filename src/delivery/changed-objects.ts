import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { TreeChange } from '../tree/diff-trees.ts';
import type { Walk } from '../tree/object.ts';
import { nameOf } from './manifest-set.ts';
import type { GeneratedObject } from './object-hazards.ts';
import { objectsIn } from './objects-in.ts';

/** The objects of generated files that change, on both sides. */
export interface GeneratedChange {
  readonly before: readonly GeneratedObject[];
  readonly after: readonly GeneratedObject[];
}

/**
 * What changes among generated objects. It sees manifests and Applications; what Argo CD renders from a kustomization or
 * a chart is not known here.
 */
export function* changedObjects(layout: Layout, all: readonly TreeChange[]): Walk<GeneratedChange> {
  const changes = all.filter(({ path }) => ownerOf(layout, path)?.generated === true);
  const texts = yield* readTexts(textOids(changes.flatMap((change) => [change.before, change.after])));
  const objectsOn = (side: 'before' | 'after'): readonly GeneratedObject[] =>
    changes.flatMap(({ path, [side]: state }) => {
      const { tenant = '', environment = '' } = ownerOf(layout, path) ?? {};
      const found = objectsIn(path, texts.get(state?.oid ?? '')).filter((value) => nameOf(value) !== '');
      return found.map((value) => ({ path, place: `${tenant}/${environment}`, value }));
    });
  return { before: objectsOn('before'), after: objectsOn('after') };
}
