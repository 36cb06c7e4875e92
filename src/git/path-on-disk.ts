import { lstat, readdir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { GitError, oneLine } from './git-error.ts';
import { decodeName, encodeName } from './name-bytes.ts';

/** Where a path of the repository is on disk, byte for byte. Throws `path_outside` for one that git would not check out. */
export function onDisk(workTree: string, path: string): Buffer {
  const odd = path.split('/').find((part) => /^(\.{0,2}|\.git)$/i.test(part));
  if (odd !== undefined) throw new GitError('path_outside', { path: oneLine(path) });
  return Buffer.concat([Buffer.from(`${workTree}/`), encodeName(path)]);
}

/** What stands at a path itself; undefined when nothing does. Links are not followed. */
export const lookAt = (workTree: string, path: string): Promise<Stats | undefined> =>
  lstat(onDisk(workTree, path)).catch(() => undefined);

/**
 * What would have to go before a file could be written at this path: the path itself, every file below it when it is
 * a folder, or the file or link that stands where one of its folders should be.
 */
export async function obstaclesAt(workTree: string, path: string): Promise<readonly string[]> {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    const found = await lookAt(workTree, folder);
    if (found === undefined) return [];
    if (!found.isDirectory()) return [folder];
  }
  const found = await lookAt(workTree, path);
  if (found === undefined) return [];
  return found.isDirectory() ? filesBelow(workTree, path) : [path];
}

async function filesBelow(workTree: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(onDisk(workTree, folder), { withFileTypes: true, encoding: 'buffer' });
  const files: string[] = [];
  for (const entry of entries) {
    const path = `${folder}/${decodeName(entry.name)}`;
    // Another repository inside is one thing, and nothing of ours.
    if (entry.name.toString().toLowerCase() === '.git') return [folder];
    files.push(...(entry.isDirectory() ? await filesBelow(workTree, path) : [path]));
  }
  return files;
}
