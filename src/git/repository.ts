import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { GitError, oneLine, reasonOf } from './git-error.ts';
import { oldestGit, requireGit, runGit } from './run-git.ts';
import type { GitPlace } from './run-git.ts';

/** An opened repository, as found on disk at that moment. Folders are absolute. */
export interface Repository extends GitPlace {
  /** As the caller gave it, for messages. */
  readonly path: string;
  readonly gitDir: string;
  /** Differs from `gitDir` in a linked worktree: objects and branches are here. */
  readonly commonDir: string;
  readonly workTree: string | undefined;
  readonly shallow: boolean;
  /** A partial clone: objects may be missing here that git can fetch. */
  readonly partial: boolean;
  readonly refFormat: 'files' | 'reftable';
  readonly owned: boolean;
}

/**
 * Opens a clone, a linked worktree or a bare repository; `path` may be a folder inside a clone. `owned` means a bare
 * repository written by us alone. Throws `not_a_repository`, `repository_unreadable`, `sha256_repository`,
 * `git_missing` or `git_too_old`.
 */
export async function openRepository(path: string, options: { owned?: boolean } = {}): Promise<Repository> {
  const owned = options.owned ?? false;
  const here = await realFolder(path);
  const place = { path: here, gitDir: owned ? here : undefined, workTree: undefined, owned };
  const [found, looksLike] = await Promise.all([
    discover(place, path),
    gitFolderAt(here),
    checkVersion(place),
  ]);
  // Git passes over a damaged repository in silence and would take one further up instead.
  if (looksLike !== undefined && looksLike !== found?.gitDir) throw damaged(path);
  if (found === undefined) throw new GitError('not_a_repository', { path });
  return Object.freeze({ ...found, path, owned, partial: await isPartial(found.commonDir) });
}

type Found = Omit<Repository, 'path' | 'owned' | 'partial'>;

const questions = [
  '--is-shallow-repository',
  '--is-bare-repository',
  '--show-object-format',
  '--show-ref-format',
  '--path-format=absolute',
  '--git-dir',
  '--git-common-dir',
  // Last, because it gives no line at all where there is no working tree.
  '--show-cdup',
];

async function discover(place: GitPlace, path: string): Promise<Found | undefined> {
  const { status, stdout, stderr } = await runGit(place, ['rev-parse', ...questions]);
  if (status !== 0) {
    if (/not a git repository/i.test(stderr)) return undefined;
    throw unreadable(path, stderr);
  }
  const lines = stdout.toString('utf8').split('\n').slice(0, -1);
  const [shallow, bare, format, refFormat, gitDir, commonDir, up] = lines;
  if (gitDir === undefined || commonDir === undefined || lines.length > 7)
    throw new GitError('repository_unreadable', { path, reason: 'its path contains a line break' });
  if (format !== 'sha1') throw new GitError('sha256_repository', { path });
  // Named by its .git folder. Without its working tree, a moved branch would leave the files behind.
  if (bare === 'false' && (place.owned || up === undefined))
    return discover({ ...place, path: treeOf(place, gitDir, path) }, path);
  return {
    gitDir,
    commonDir,
    workTree: up === undefined ? undefined : resolve(place.path, up),
    shallow: shallow === 'true',
    // A git without --show-ref-format repeats the option, and knows no other format than files.
    refFormat: refFormat === 'reftable' ? 'reftable' : 'files',
  };
}

function treeOf(place: GitPlace, gitDir: string, path: string): string {
  const tree = dirname(gitDir);
  if (!place.owned && basename(gitDir) === '.git' && tree !== place.path) return tree;
  const reason = place.owned
    ? 'it ought to be bare: it has a working tree'
    : 'it is the Git folder of a working tree; name the working tree instead';
  throw new GitError('repository_unreadable', { path, reason });
}

function unreadable(path: string, stderr: string): GitError {
  if (/dubious ownership/.test(stderr)) {
    const reason = `it belongs to another user; if you trust it, run: git config --global --add safe.directory ${path}`;
    return new GitError('repository_unreadable', { path, reason: oneLine(reason) });
  }
  if (/unknown repository extension/.test(stderr) && /objectformat/i.test(stderr))
    return new GitError('sha256_repository', { path });
  return new GitError('repository_unreadable', { path, reason: reasonOf(stderr) });
}

const damaged = (path: string): GitError =>
  new GitError('repository_unreadable', {
    path,
    reason: 'its Git folder is damaged: HEAD, objects or refs is missing or not readable',
  });

async function realFolder(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR')
      throw new GitError('repository_unreadable', { path, reason: reasonOf(String(error)) }, error);
  }
  throw new GitError('not_a_repository', { path });
}

/** The folder that ought to be the Git folder when `path` itself is the top of a repository. */
async function gitFolderAt(path: string): Promise<string | undefined> {
  const inside = join(path, '.git');
  if (await isFolder(inside)) return realpath(inside);
  const parts = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => exists(join(path, name))));
  return parts.filter(Boolean).length >= 2 ? path : undefined;
}

// Git marks a pack that came from a partial clone's remote with a file beside it.
const isPartial = (commonDir: string): Promise<boolean> =>
  readdir(join(commonDir, 'objects/pack')).then(
    (names) => names.some((name) => name.endsWith('.promisor')),
    () => false,
  );

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

let checkedVersion: Promise<void> | undefined;

/** Asks git for its version once per process. */
function checkVersion(place: GitPlace): Promise<void> {
  checkedVersion ??= requireGit({ ...place, gitDir: undefined }, ['version']).then((output) =>
    refuseOldGit(output.toString()),
  );
  return checkedVersion;
}

/** Throws `git_missing` or `git_too_old`, before there is a repository; `folder` is any that exists. */
export const proveGit = (folder: string): Promise<void> =>
  checkVersion({ path: folder, gitDir: undefined, workTree: undefined, owned: true });

/** Throws `git_too_old` unless this answer of `git version` is new enough. */
export function refuseOldGit(answer: string): void {
  const version = /\d+(\.\d+)+/.exec(answer)?.[0] ?? 'unknown';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestGit.split('.').map(Number);
  const enough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (!enough) throw new GitError('git_too_old', { version, oldest: oldestGit });
}
