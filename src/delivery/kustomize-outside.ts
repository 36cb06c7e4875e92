import { kustomizationIn } from './kustomize-bases.ts';
import { itemsOf, referencesOf, textsOf } from './kustomization.ts';
import { readYaml } from './read-yaml.ts';
import { valueAt } from './shape.ts';
import { sourcePath } from './source-path.ts';
import { type TreeTexts, textOf } from './tree-texts.ts';
import { deliveryFault } from './variable.ts';
import { readYamlFile } from './yaml-file.ts';

/**
 * Throws delivery_invalid, with its line, for what a kustomization would fetch from elsewhere, and for single files that
 * are not below its folder, which kustomize does not read. Its bases are other kustomizations, wherever they are.
 */
export function refuseOutside(tree: TreeTexts, folder: string): void {
  const file = kustomizationIn(tree, folder);
  if (file === undefined) return;
  const text = textOf(tree, file) ?? '';
  const files = referencesOf(file, text).filter(({ path }) => tree.entries.has(path));
  for (const { at, path } of [...files, ...generatorFiles(file, text, folder)])
    if (!path.startsWith(`${folder}/`))
      throw deliveryFault(at, `${path} is not below ${folder}, and kustomize reads no files from elsewhere`);
}

/** What generators and the older kinds of patches read. */
function generatorFiles(file: string, text: string, folder: string) {
  const [document] = readYamlFile(file, text).documents;
  if (!document) return [];
  const read = readYaml(document, () => ({ kind: 'plain', value: '', text: '' }));
  const generators = ['configMapGenerator', 'secretGenerator'].flatMap((key) => itemsOf(valueAt(read, key)));
  const found = [
    ...generators.flatMap((one) => ['files', 'envs', 'env'].flatMap((key) => textsOf(valueAt(one, key)))),
    ...itemsOf(valueAt(read, 'patchesJson6902')).flatMap((one) => textsOf(valueAt(one, 'path'))),
    ...textsOf(valueAt(valueAt(read, 'openapi'), 'path')),
  ];
  return found.map(({ at, text: one }) => ({
    at,
    // `KEY=PATH` gives the key another name.
    path: sourcePath(one.replace(/^[-._a-zA-Z0-9]+=/, ''), { folder, at, inside: true }),
  }));
}
