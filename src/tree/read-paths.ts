import { type EntryState, entriesOf, joinPath } from './diff-trees.ts';
import { type Oid, type Walk, isFolder } from './object.ts';
import { type Selector, selectPaths } from './select.ts';

interface Folder {
  readonly path: string;
  readonly oid: Oid;
  readonly whole: boolean;
}

/**
 * The selected files, links and submodules of a tree. Stops early once `limit` are found (a level is finished
 * first, so a few more may come).
 */
export function* listPaths(
  root: Oid,
  select: Selector,
  limit = Number.POSITIVE_INFINITY,
): Walk<ReadonlyMap<string, EntryState>> {
  const found = new Map<string, EntryState>();
  let level: Folder[] = [{ path: '', oid: root, whole: false }];
  while (level.length > 0 && found.size < limit) {
    const objects = yield [...new Set(level.map((folder) => folder.oid))];
    const next: Folder[] = [];
    for (const folder of level) {
      for (const { name, mode, oid } of entriesOf(objects, folder.oid)) {
        const path = joinPath(folder.path, name);
        if (!isFolder(mode)) {
          if (folder.whole || select.file(path)) found.set(path, { mode, oid });
          continue;
        }
        const reach = folder.whole ? 'all' : select.folder(path);
        if (reach !== 'none') next.push({ path, oid, whole: reach === 'all' });
      }
    }
    level = next;
  }
  return found;
}

/** What a tree has at each of these paths; absent paths (and folders) have no entry. */
export function* readPaths(root: Oid, paths: readonly string[]): Walk<ReadonlyMap<string, EntryState>> {
  if (paths.length === 0) return new Map();
  return yield* listPaths(root, selectPaths(paths));
}
