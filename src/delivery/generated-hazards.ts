import { type Layout, ownerOf } from '../domain/layout/layout.ts';
import type { Hazard } from '../domain/plan/plan.ts';
import { readTexts } from '../domain/plan/read-texts.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { diffTrees } from '../tree/diff-trees.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { everything } from '../tree/select.ts';
import { type ManifestValue, nameOf } from './manifest-set.ts';
import { isMapping } from './merge-patch.ts';
import { type GeneratedObject, objectHazards } from './object-hazards.ts';
import { readYaml, valueOfRead } from './read-yaml.ts';
import { readYamlFile } from './yaml-file.ts';

/**
 * The hazards in what changes among generated objects, from one tree to another. It sees manifests and Applications;
 * what Argo CD renders from a kustomization or a chart is not known here.
 */
export function* generatedHazards(layout: Layout, before: Oid, after: Oid): Walk<readonly Hazard[]> {
  const all = yield* diffTrees(before, after, everything);
  const changes = all.filter(({ path }) => ownerOf(layout, path)?.generated === true);
  const texts = yield* readTexts(changes.flatMap((change) => [change.before?.oid, change.after?.oid]));
  const objectsOn = (side: 'before' | 'after'): readonly GeneratedObject[] =>
    changes.flatMap(({ path, [side]: state }) => {
      const { tenant = '', environment = '' } = ownerOf(layout, path) ?? {};
      const found = objectsIn(path, texts.get(state?.oid ?? ''));
      return found.map((value) => ({ path, place: `${tenant}/${environment}`, value }));
    });
  return objectHazards(objectsOn('before'), objectsOn('after'));
}

/** What somebody else wrote there and cannot be read says nothing. */
function objectsIn(path: string, text: string | undefined): readonly ManifestValue[] {
  if (text === undefined) return [];
  try {
    return readYamlFile(path, text).documents.flatMap((document) => {
      const value = valueOfRead(readYaml(document, () => ({ kind: 'plain', value: '', text: '' })));
      return isMapping(value) && typeof value['kind'] === 'string' && nameOf(value) !== '' ? [value] : [];
    });
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}
