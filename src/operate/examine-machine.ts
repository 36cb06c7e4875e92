import { stat, statfs } from 'node:fs/promises';
import { oldestGit, requireGit } from '../git/run-git.ts';
import { refuseOldGit } from '../git/repository.ts';
import { type Finding, failure, fine, warning, wordsOf } from './finding.ts';

export async function examineGit(): Promise<Finding> {
  const place = { path: '/', gitDir: undefined, workTree: undefined, owned: true };
  try {
    const version = (await requireGit(place, ['version'])).toString().trim();
    refuseOldGit(version);
    return fine('git', version);
  } catch (error) {
    return failure('git', wordsOf(error), `install git ${oldestGit} or newer`);
  }
}

export async function examineFolder(path: string): Promise<Finding> {
  const { mode } = await stat(path);
  if ((mode & 0o007) === 0) return fine('data folder', path);
  return warning('data folder', `everybody on this machine can look into ${path}`, `chmod o= ${path}`);
}

const mebibyte = 1024 * 1024;
/** Below the first a push or a packing may not fit; below the second nothing does. */
const enough = { comfort: 2048 * mebibyte, need: 100 * mebibyte };

export async function examineDisk(path: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  const about = `${Math.floor(free / mebibyte)} MiB free`;
  const next = 'make room on this disk, or move the data folder to a larger one';
  if (free < enough.need) return failure('disk space', about, next);
  return free < enough.comfort ? warning('disk space', about, next) : fine('disk space', about);
}
