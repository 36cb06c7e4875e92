import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { everything } from '../tree/select.ts';
import { nameOf } from './manifest-set.ts';
import { type GeneratedObject, objectHazards } from './object-hazards.ts';
import { objectsIn } from './objects-in.ts';

/**
 * The hazards in what changes among generated objects, from one tree to another. It sees manifests and Applications;
 * what Argo CD renders from a kustomization or a chart is not known here.
 */
export function* generatedHazards(layout: Layout, before: Oid, after: Oid): Walk<readonly Hazard[]> {
  const all = yield* diffTrees(before, after, everything);
  const changes = all.filter(({ path }) => ownerOf(layout, path)?.generated === true);
  const texts = yield* readTexts(textOids(changes.flatMap((change) => [change.before, change.after])));
  const objectsOn = (side: 'before' | 'after'): readonly GeneratedObject[] =>
    changes.flatMap(({ path, [side]: state }) => {
      const { tenant = '', environment = '' } = ownerOf(layout, path) ?? {};
      const found = objectsIn(path, texts.get(state?.oid ?? '')).filter((value) => nameOf(value) !== '');
      return found.map((value) => ({ path, place: `${tenant}/${environment}`, value }));
    });
  return objectHazards(objectsOn('before'), objectsOn('after'));
}
