import { environmentKind } from './environment-name.ts';
import type { Folder } from './folder-tree.ts';
import { isPlainName, isSharedWord, isWrapperWord } from './folder-words.ts';

/** Text round the environment in a file's name: `values-` and `.yaml` in values-prod.yaml. */
export interface Affix {
  readonly prefix: string;
  readonly suffix: string;
}

/** A folder in which environments stand beside each other, as folders or, with `affix`, as files. */
export interface Anchor {
  readonly parent: readonly string[];
  readonly folder: Folder;
  readonly affix: Affix | undefined;
  readonly environments: readonly string[];
  /** Files that belong to those environments. */
  readonly files: number;
}

const DEPTH = 6;
const MOST_ANCHORS = 2000;

/** Finds where environments stand, outermost first: what is inside one is not searched again. */
export function findAnchors(root: Folder): readonly Anchor[] {
  const known = knownEnvironments(root);
  const anchors: Anchor[] = [];
  const visit = (folder: Folder, parent: readonly string[]): void => {
    if (anchors.length >= MOST_ANCHORS || parent.length > DEPTH) return;
    const inside = folderEnvironments(folder, parent.at(-1) ?? '', known);
    if (inside.length > 0) {
      const files = inside.reduce((sum, name) => sum + (folder.folders.get(name)?.files ?? 0), 0);
      anchors.push({ parent, folder, affix: undefined, environments: inside, files });
    }
    anchors.push(...fileAnchors(folder, parent, known));
    for (const [name, child] of folder.folders) {
      if (!inside.includes(name) && isPlainName(name) && !name.startsWith('.'))
        visit(child, [...parent, name]);
    }
  };
  visit(root, []);
  return anchors;
}

/** Names that are environments for sure, since they stand beside another one somewhere, or inside `environments`. */
function knownEnvironments(root: Folder): ReadonlySet<string> {
  const known = new Set<string>();
  const alone = new Map<string, number>();
  const visit = (folder: Folder, name: string, depth: number): void => {
    const found = [...folder.folders.keys()].filter((child) => environmentKind(child) !== undefined);
    for (const group of groupFiles(folder).values())
      if (group.length >= 2) for (const one of group) known.add(one);
    const wrapped = isWrapperWord(name) || /^clusters?$/i.test(name);
    if (found.length >= 2 || (wrapped && found.length === 1)) for (const one of found) known.add(one);
    else for (const one of found) alone.set(one, (alone.get(one) ?? 0) + 1);
    if (depth < DEPTH) for (const [child, below] of folder.folders) visit(below, child, depth + 1);
  };
  visit(root, '', 0);
  if (known.size === 0) for (const [name, times] of alone) if (times >= 3) known.add(name);
  return known;
}

function folderEnvironments(
  folder: Folder,
  folderName: string,
  known: ReadonlySet<string>,
): readonly string[] {
  const names = [...folder.folders.keys()];
  const found = names.filter((name) => known.has(name));
  const others = names.filter((name) => !known.has(name) && !isSharedWord(name)).length;
  const enough = found.length >= 2 ? others <= 4 * found.length : found.length === 1 && others <= 2;
  if (!enough) return [];
  // Whatever stands in `environments` is one, unusual names included.
  const all = /^env(ironment)?s?$/i.test(folderName) ? names.filter((name) => !isSharedWord(name)) : found;
  return all.filter(isPlainEnvironment).toSorted();
}

const isPlainEnvironment = (name: string): boolean => /^\w[\w.-]{0,39}$/.test(name);

/** Reads `values-prod.yaml` as an environment with text round it; the longest reading of the environment wins. */
function readFileName(leaf: string): { readonly affix: Affix; readonly environment: string } | undefined {
  const extension = /\.(?:ya?ml|json|toml|env|properties)$/.exec(leaf)?.[0];
  if (extension === undefined || leaf.length > 100 || !isPlainName(leaf)) return undefined;
  const stem = leaf.slice(0, -extension.length);
  const tail = /[-.](?:values|config|env|patch)$/.exec(stem)?.[0] ?? '';
  const middle = stem.slice(0, stem.length - tail.length);
  const starts = [0, ...[...middle.matchAll(/[-_.]/g)].map(({ index }) => index + 1)];
  for (const start of starts) {
    const environment = middle.slice(start);
    if (environmentKind(environment) === undefined) continue;
    return { affix: { prefix: middle.slice(0, start), suffix: tail + extension }, environment };
  }
  return undefined;
}

const affixKey = ({ prefix, suffix }: Affix): string => `${prefix}\0${suffix}`;

/** The environments that the files of a folder name, by the text round them. */
function groupFiles(folder: Folder): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const leaf of folder.leaves.length > 2000 ? [] : folder.leaves) {
    const found = readFileName(leaf);
    if (!found) continue;
    const key = affixKey(found.affix);
    groups.set(key, [...(groups.get(key) ?? []), found.environment]);
  }
  // add-dev-volumes.yaml alone says nothing of environments; values-dev.yaml beside values-dev-eu.yaml does.
  for (const [key, names] of groups)
    if (!names.some((name) => environmentKind(name) === 'exact')) groups.delete(key);
  return groups;
}

function fileAnchors(
  folder: Folder,
  parent: readonly string[],
  known: ReadonlySet<string>,
): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (const [key, names] of groupFiles(folder)) {
    const environments = names.filter((name) => known.has(name)).toSorted();
    if (environments.length === 0) continue;
    const [prefix = '', suffix = ''] = key.split('\0');
    anchors.push({ parent, folder, affix: { prefix, suffix }, environments, files: environments.length });
  }
  return anchors;
}
