import { copyFileSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from './git.ts';
import { temporaryFolder } from './repository.ts';

/** The folder of this clone. */
export const root = join(import.meta.dirname, '../..');

/** Every file that is part of the project: tracked, or new and not ignored. */
export const ownFiles = (): string[] =>
  git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
    .split('\0')
    .filter(
      (file) => file !== '' && lstatSync(join(root, file), { throwIfNoEntry: false })?.isFile() === true,
    );

/**
 * A copy of this clone as it stands, uncommitted work included, in a folder with a space in its name. Without
 * `installed` nothing is installed; with it, it shares node_modules with this clone and must not change it.
 */
export function freshClone({ installed }: { readonly installed: boolean }): string {
  const clone = join(temporaryFolder('fresh'), 'my clone');
  for (const file of ownFiles()) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    copyFileSync(join(root, file), join(clone, file));
  }
  if (installed) symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}
