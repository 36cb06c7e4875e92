import type { Walk } from '../tree/object.ts';
import { kustomizationNames, referencesOf } from './kustomization.ts';
import type { NamedPath } from './service-file.ts';
import { type TreeTexts, loadTexts, pathsIn, textOf } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';

/** The kustomization of a loaded folder, if it has one. */
export const kustomizationIn = ({ entries }: TreeTexts, folder: string): string | undefined =>
  kustomizationNames.map((name) => `${folder}/${name}`).find((path) => entries.has(path));

const longestChain = 200;

/**
 * The folders that a kustomization of the repository builds on, itself included, which is loaded already; all of them
 * are loaded then. Throws delivery_invalid with its line for what is missing, remote or outside of the repository.
 */
export function* readBases(tree: TreeTexts, source: NamedPath): Walk<readonly string[]> {
  const folders = new Map([[source.path, source]]);
  for (const [path, named] of folders) {
    if (folders.size > longestChain)
      throw deliveryFault(source.at, `${source.path} builds on too many folders`);
    const file = kustomizationIn(tree, path);
    if (file === undefined) throw deliveryFault(named.at, `${path} has no kustomization.yaml`);
    for (const reference of referencesOf(file, textOf(tree, file) ?? '')) {
      yield* loadTexts(tree, { files: [], folders: [reference.path] });
      if (tree.entries.has(reference.path)) continue;
      if (pathsIn(tree, reference.path).length === 0)
        throw deliveryFault(reference.at, `${reference.path} does not exist`);
      if (!folders.has(reference.path)) folders.set(reference.path, reference);
    }
  }
  return [...folders.keys()].toSorted();
}
