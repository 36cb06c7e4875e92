import type { Selector } from '../../tree/select.ts';

/** Everything below a folder of a repository. */
export function selectFolder(path: string): Selector {
  const folder = path.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  const within = (name: string): boolean => folder === '' || folder === '.' || name.startsWith(`${folder}/`);
  return {
    file: within,
    folder: (name) => (within(`${name}/`) ? 'all' : folder.startsWith(`${name}/`) ? 'some' : 'none'),
  };
}
