import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failPoint } from '../std/fail-point.ts';
import { branchRef } from './branch.ts';
import { writeSynced } from './durable-file.ts';
import { GitError } from './git-error.ts';
import { requireGit } from './run-git.ts';
import { syncFolder } from './sync-folder.ts';
import { asUnwritable, codeOf } from './unwritable.ts';

/** All that the configuration of an owned repository says; everything else is told to each git that we start. */
const ownConfig = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n';

/**
 * Makes an empty bare repository of ours at `path`, whole or not at all, with HEAD on `branch`. Throws
 * `repository_unwritable` when something is there already or cannot be made.
 */
export async function createRepository(path: string, branch: string): Promise<void> {
  const ref = branchRef(branch);
  const draft = `${path}.new`;
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const place = { path: draft, gitDir: undefined, workTree: undefined, owned: true };
    await requireGit(place, ['init', '--quiet', '--bare', '--template=', '.']);
    await writeSynced(join(draft, 'HEAD'), `ref: ${ref}\n`);
    await writeSynced(join(draft, 'config'), ownConfig);
    await syncFolder(draft);
    await failPoint('git.repository.drafted');
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw asUnwritable({ path }, error);
  }
}

/** Throws `repository_unreadable` unless the configuration and hooks of an owned repository are still ours. */
export async function refuseForeignConfig(path: string): Promise<void> {
  const config = await readFile(join(path, 'config'), 'utf8').catch(() => '');
  const hooks = await readdir(join(path, 'hooks')).catch(() => []);
  if (config !== ownConfig)
    throw new GitError('repository_unreadable', {
      path,
      reason: 'its configuration is not the one we wrote',
    });
  if (hooks.length > 0)
    throw new GitError('repository_unreadable', { path, reason: 'it has hooks that are not ours' });
}

/** Removes an owned repository with everything in it. What has its name is whole, at any time. */
export async function removeRepository(path: string): Promise<void> {
  const going = `${path}.removed`;
  await rm(going, { recursive: true, force: true });
  await rename(path, going).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await syncFolder(dirname(path));
  await failPoint('git.repository.unnamed');
  await rm(going, { recursive: true, force: true });
}

/**
 * Removes repositories that were being made or removed in this folder when a process died, and answers the names of
 * those that are whole, without `.git`.
 */
export async function finishRepositories(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names)
    if (/\.git\.(?:new|removed)$/.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  return names.filter((name) => name.endsWith('.git')).map((name) => name.slice(0, -'.git'.length));
}

/** Renames an owned repository to `….deleted`, out of everybody's way. */
export async function putRepositoryAside(path: string): Promise<void> {
  await rm(`${path}.deleted`, { recursive: true, force: true });
  await rename(path, `${path}.deleted`);
  await syncFolder(dirname(path));
}
