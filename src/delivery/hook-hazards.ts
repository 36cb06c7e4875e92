import type { Hazard } from '../domain/plan/plan.ts';
import type { FieldValue } from '../tree/fields/change.ts';
import { isMapping } from '../tree/fields/is-mapping.ts';
import { compareVersions, readImage } from './image-reference.ts';
import { type ManifestValue, titleOf } from './manifest-set.ts';

/** An object in a file that changes. */
export interface FoundObject {
  readonly path: string;
  readonly value: ManifestValue;
}

const hookMarks = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

const at = (value: FieldValue | undefined, ...path: readonly string[]): FieldValue | undefined =>
  path.reduce<FieldValue | undefined>((found, key) => (isMapping(found) ? found[key] : undefined), value);

const listOf = (value: FieldValue | undefined): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [];

/** Whether Argo CD or Helm runs an object at a step of each sync. */
export const isHook = (value: ManifestValue): boolean =>
  hookMarks.some((mark) => at(value, 'metadata', 'annotations', mark) !== undefined);

/** When a hook is deleted, as its annotations say; empty when they do not. */
export function deletePolicyOf(value: ManifestValue): string {
  const said = hookMarks.map((mark) => at(value, 'metadata', 'annotations', `${mark}-delete-policy`));
  return said.find((policy) => typeof policy === 'string') ?? '';
}

/** The images of a Pod, or of what makes Pods, by the name of the container. */
function imagesOf({ value }: FoundObject): ReadonlyMap<string, string> {
  const spec = at(value, 'spec');
  const pods = [spec, at(spec, 'template', 'spec'), at(spec, 'jobTemplate', 'spec', 'template', 'spec')];
  const images = new Map<string, string>();
  for (const pod of pods)
    for (const key of ['initContainers', 'containers']) {
      for (const container of listOf(at(pod, key))) {
        const [name, image] = [at(container, 'name'), at(container, 'image')];
        if (typeof name === 'string' && typeof image === 'string') images.set(name, image);
      }
    }
  return images;
}

/** Going back, every other image is an old one unless its version says that it is newer; else it has to say so. */
function goesBack(before: string, after: string, back: boolean): boolean {
  const [was, is] = [readImage(before), readImage(after)];
  const order = was && is && compareVersions(was, is);
  return back ? order !== 'newer' : order === 'older';
}

/** Hooks that run an older image than before: what the newer one did, such as a migration, is not undone by that. */
export function hookHazards(
  before: readonly FoundObject[],
  after: readonly FoundObject[],
  back: boolean,
): readonly Hazard[] {
  const known = new Map(
    before.filter(({ value }) => isHook(value)).map((object) => [titleOf(object.value), object]),
  );
  return after
    .filter(({ value }) => isHook(value))
    .flatMap((object): Hazard[] => {
      const was = known.get(titleOf(object.value));
      if (!was) return [];
      const old = imagesOf(was);
      const changed = [...imagesOf(object)].flatMap(([name, image]) => {
        const former = old.get(name);
        return former !== undefined && former !== image && goesBack(former, image, back)
          ? [`${former} → ${image}`]
          : [];
      });
      if (changed.length === 0) return [];
      const message = `${titleOf(object.value)} is a hook and runs an older image (${changed.join(', ')}); what the newer one did is not undone`;
      return [{ code: 'hook_goes_back', message, blocking: false, paths: [object.path] }];
    });
}
