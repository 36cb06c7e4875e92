import { readTexts } from '../domain/plan/read-texts.ts';
import type { EntryState } from '../tree/diff-trees.ts';
import { type Oid, type Walk, isRegularFile } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';
import type { Selector } from '../tree/select.ts';
import type { SourceFile } from './manifest-set.ts';
import { type At, deliveryFault } from './variable.ts';

/** Files of one tree that were read so far. Asking again for what is known reads nothing. */
export interface TreeTexts {
  readonly root: Oid;
  readonly entries: Map<string, EntryState>;
  readonly texts: Map<Oid, string>;
  readonly listed: Set<string>;
}

export const treeTexts = (root: Oid): TreeTexts => ({
  root,
  entries: new Map(),
  texts: new Map(),
  listed: new Set(),
});

/** Reads these files and everything in these folders, all at once. */
export function* loadTexts(
  tree: TreeTexts,
  { files, folders }: { readonly files: readonly string[]; readonly folders: readonly string[] },
): Walk<void> {
  const wanted = [...files, ...folders].filter((path) => !tree.listed.has(path));
  if (wanted.length === 0) return;
  const found = yield* listPaths(tree.root, below(wanted));
  for (const [path, entry] of found) tree.entries.set(path, entry);
  for (const path of wanted) tree.listed.add(path);
  const missing = [...found.values()]
    .filter(({ mode, oid }) => isRegularFile(mode) && !tree.texts.has(oid))
    .map(({ oid }) => oid);
  for (const [oid, text] of yield* readTexts(missing)) tree.texts.set(oid, text);
}

/** These paths, be they files or folders with all that is below. */
function below(paths: readonly string[]): Selector {
  const whole = new Set(paths);
  const above = new Set<string>();
  for (const path of whole)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      above.add(path.slice(0, at));
  return {
    folder: (path) => (whole.has(path) ? 'all' : above.has(path) ? 'some' : 'none'),
    file: (path) => whole.has(path),
  };
}

/** The text of a file that was loaded; nothing when it is not there. Throws delivery_invalid when it is no text. */
export function textOf({ entries, texts }: TreeTexts, path: string): string | undefined {
  const entry = entries.get(path);
  if (!entry) return undefined;
  const text = isRegularFile(entry.mode) ? texts.get(entry.oid) : undefined;
  if (text !== undefined) return text;
  throw deliveryFault(
    { file: path, line: 1 },
    'is a link, a submodule or no text, and nothing can be made from it',
  );
}

/** The text of a file that some file names. Throws delivery_invalid where it is named when it is not there. */
export function namedText(
  tree: TreeTexts,
  { at, path }: { readonly at: At; readonly path: string },
): SourceFile {
  const text = textOf(tree, path);
  if (text === undefined) throw deliveryFault(at, `${path} does not exist`);
  return { path, text };
}

/** The loaded paths in a folder, sorted. */
export function pathsIn({ entries }: TreeTexts, folder: string): readonly string[] {
  return [...entries.keys()].filter((path) => path.startsWith(`${folder}/`)).toSorted();
}
