import type { TreeChange } from '../tree/diff-trees.ts';
import { readTexts, textOids } from '../domain/plan/read-texts.ts';
import type { Oid, Walk } from '../tree/object.ts';
import { listPaths } from '../tree/read-paths.ts';

/** Folders whose other files are looked at, and files in them. */
const mostFolders = 100;
const mostBeside = 500;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/**
 * The YAML and JSON files of a tree that are in the folders where something changes, changed themselves or not: path and
 * text. None when these are more than 100 folders, and 500 files at most.
 */
export function* filesBeside(
  tree: Oid,
  changes: readonly TreeChange[],
): Walk<readonly (readonly [string, string])[]> {
  const folders = new Set(changes.map(({ path }) => folderOf(path)));
  if (folders.size > mostFolders) return [];
  const above = [...folders];
  const files = yield* listPaths(
    tree,
    {
      folder: (path) =>
        above.some((folder) => folder === path || folder.startsWith(`${path}/`)) ? 'some' : 'none',
      file: (path) => folders.has(folderOf(path)) && /\.(?:ya?ml|json)$/.test(path),
    },
    mostBeside,
  );
  const shown = [...files].slice(0, mostBeside);
  const texts = yield* readTexts(textOids(shown.map(([, state]) => state)));
  return shown.flatMap(([path, { oid }]) => {
    const text = texts.get(oid);
    return text === undefined ? [] : [[path, text] as const];
  });
}
