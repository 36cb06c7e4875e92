/** A folder with what is below it. `files` counts all files below; `leaves` are the names of files right in it. */
export interface Folder {
  readonly folders: ReadonlyMap<string, Folder>;
  readonly leaves: readonly string[];
  readonly files: number;
}

interface Growing extends Folder {
  folders: Map<string, Growing>;
  leaves: string[];
  files: number;
}

const grow = (): Growing => ({ folders: new Map(), leaves: [], files: 0 });

/** The folders that these paths make, `depth` levels of them; files further down are counted, not listed. */
export function folderTree(paths: Iterable<string>, depth: number): Folder {
  const root = grow();
  for (const path of paths) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let at = root;
    at.files += 1;
    for (const part of parts.slice(0, depth)) {
      let next = at.folders.get(part);
      if (!next) at.folders.set(part, (next = grow()));
      at = next;
      at.files += 1;
    }
    if (parts.length <= depth) at.leaves.push(name);
  }
  return root;
}

/** The folder at a path of names; undefined when there is none. */
export function folderAt(root: Folder, parts: readonly string[]): Folder | undefined {
  let at: Folder | undefined = root;
  for (const part of parts) at = at?.folders.get(part);
  return at;
}
