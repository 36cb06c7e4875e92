import { GitError } from './git-error.ts';
import type { Repository } from './repository.ts';

/** The operating system's short name of an error, such as `ENOENT`, if it is one of its errors. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** An error of the operating system while writing, as `repository_unwritable`; anything else as it is. */
export function asUnwritable(repository: Pick<Repository, 'path'>, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined || !(error instanceof Error) || !('syscall' in error)) return error;
  return new GitError(
    'repository_unwritable',
    { path: repository.path, reason: reasons[code] ?? code },
    error,
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reported an error',
  EMFILE: 'too many files are open',
  ENOENT: 'a folder of it is gone',
  ENOTDIR: 'a folder of it is damaged',
};
