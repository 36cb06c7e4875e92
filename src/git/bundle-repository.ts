import { invariant } from '../std/invariant.ts';
import { createRepository } from './create-repository.ts';
import { hasRefs } from './has-refs.ts';
import { openRepository } from './repository.ts';
import { requireGit } from './run-git.ts';

/** Hours, for a history of many years on a slow disk. */
const longest = 4 * 3_600_000;

/**
 * Writes everything that the refs of an owned repository reach into one file, as the refs are at one moment: no lock
 * is needed. False, and no file, for a repository without a ref.
 */
export async function bundleRepository(path: string, file: string): Promise<boolean> {
  invariant(file.startsWith('/'), 'a bundle is named by its whole path');
  const repository = await openRepository(path, { owned: true });
  if (!(await hasRefs(repository))) return false;
  await requireGit(repository, ['bundle', 'create', '--quiet', file, '--all'], { timeout: longest });
  return true;
}

/** Makes an owned repository with the refs and objects of a bundle, or an empty one without it. */
export async function unbundleRepository(
  path: string,
  { branch, file }: { readonly branch: string; readonly file: string | undefined },
): Promise<void> {
  await createRepository(path, branch);
  if (file === undefined) return;
  invariant(file.startsWith('/'), 'a bundle is named by its whole path');
  const repository = await openRepository(path, { owned: true });
  const args = ['fetch', '--quiet', '--no-tags', '--no-auto-maintenance', '--no-write-fetch-head'];
  await requireGit(repository, [...args, '--end-of-options', file, '+refs/*:refs/*'], { timeout: longest });
}
