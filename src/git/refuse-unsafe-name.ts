import { GitError, oneLine } from './git-error.ts';

/** Throws `path_outside` for a name that no tree of ours may contain: it could leave the working tree or enter `.git`. */
export function refuseUnsafeName(name: string): void {
  const reason = plain.test(name) ? undefined : whyUnsafe(name);
  if (reason !== undefined) throw new GitError('path_outside', { path: oneLine(name), reason });
}

/** Most names: none of what follows can be in them. */
const plain = /^[A-Za-z0-9_][\w.-]*$/;

function whyUnsafe(name: string): string | undefined {
  if (name === '') return 'a part of it is empty';
  if (name === '.' || name === '..') return 'it has a . or .. in it';
  if (/[/\0]/.test(name)) return 'a name has a slash or a NUL in it';
  if (!name.isWellFormed() && /[\u{d800}-\u{dc7f}\u{dd00}-\u{dfff}]/u.test(name))
    return 'its name is not text';
  return name.split('\\').some(isDotGit) ? 'it leads into .git' : undefined;
}

// What HFS+ leaves out of a name; NTFS leaves out dots and spaces at its end, and whatever stands behind a colon.
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;
const isDotGit = (part: string): boolean =>
  /^(\.git|git~1)[. ]*(:|$)/i.test(part) || part.replaceAll(ignoredByHfs, '').toLowerCase() === '.git';
