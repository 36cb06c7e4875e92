import { basename, dirname, join, resolve } from 'node:path';
import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';

/**
 * The repository with the objects of a push that is not accepted yet. Only for reading, and only until the answer.
 * Throws `repository_unreadable` for a folder that is no quarantine of this repository.
 */
export function quarantined(repository: Repository, folder: string | undefined): Repository {
  if (folder === undefined) return repository;
  const objects = join(repository.commonDir, 'objects');
  // Git names it as seen from the repository.
  const path = resolve(repository.commonDir, folder);
  const name = dirname(path) === objects ? basename(path) : '';
  if (!/^(?:tmp_objdir-)?incoming-[A-Za-z0-9]+$/.test(name))
    throw new GitError('repository_unreadable', { path: repository.path, reason: 'not a quarantine of it' });
  return {
    ...repository,
    env: {
      ...repository.env,
      GIT_OBJECT_DIRECTORY: path,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
      GIT_QUARANTINE_PATH: path,
    },
  };
}
