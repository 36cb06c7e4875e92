/** How much of a folder a selector wants: nothing below it, perhaps something, or everything. */
export type Reach = 'none' | 'some' | 'all';

/** Which paths an operation is about. `folder` may answer `some` when it is not sure; `file` decides. */
export interface Selector {
  folder(path: string): Reach;
  file(path: string): boolean;
}

export const everything: Selector = { folder: () => 'all', file: () => true };

/** Exactly these paths. */
export function selectPaths(paths: Iterable<string>): Selector {
  const files = new Set(paths);
  const folders = new Set<string>();
  for (const path of files) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      folders.add(path.slice(0, at));
  }
  return { folder: (path) => (folders.has(path) ? 'some' : 'none'), file: (path) => files.has(path) };
}
