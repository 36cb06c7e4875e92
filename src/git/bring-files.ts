import { constants, copyFile, rename, stat, utimes } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Oid } from '../tree/object.ts';
import { failPoint } from '../std/fail-point.ts';
import { processMark } from './attempt.ts';
import { writeSynced } from './durable-file.ts';
import { syncFolder } from './sync-folder.ts';
import { changesBetween } from './commit-changes.ts';
import type { PathChange } from './path-change.ts';
import { indexInfo, readIndex } from './read-index.ts';
import type { Repository } from './repository.ts';
import { requireGit, runGit } from './run-git.ts';
import type { Turn } from './take-turn.ts';

/** Two commits or trees that differ in the paths where index and files are to change, and in no other. */
export interface FilesToBring {
  readonly before: Oid;
  readonly after: Oid;
  /** Part of `before` already, but not of the index yet; their files stay as they are. */
  readonly stageOnly: readonly PathChange[];
}

const longTime = 3_600_000;

/**
 * Brings index and files from one commit to another by git's own two-way merge under the user's configuration. Git
 * checks every path before it touches the first. It works on a copy of the index; the caller holds the index lock.
 */
export async function bringFiles(repository: Repository, turn: Turn, files: FilesToBring): Promise<void> {
  const index = join(turn.folder, `index-${turn.attempt}`);
  const record = join(turn.folder, `git-${turn.attempt}`);
  const published = join(repository.gitDir, 'index');
  const options = { env: { GIT_INDEX_FILE: index }, timeout: longTime };
  await copyIndex(published, index);
  await writeSynced(record, '');
  await failPoint('git.worktree.index-copied');
  if (files.stageOnly.length > 0) {
    const stdin = indexInfo(files.stageOnly.map(({ path, after }) => ({ path, side: after })));
    await requireGit(repository, ['update-index', '-z', '--index-info'], { ...options, stdin });
  }
  const merge = (): Promise<Buffer> => mergeTrees(repository, turn, files);
  await merge().catch(async () => {
    // Perhaps only the times of files are not what the index says.
    await refreshPaths(repository, options.env, files);
    return merge();
  });
  await failPoint('git.worktree.files-written');
  if (files.stageOnly.length > 0) await runGit(repository, refresh, options);
  await rename(index, published);
  await syncFolder(repository.gitDir);
  await failPoint('git.worktree.index-published');
}

function mergeTrees(repository: Repository, turn: Turn, { before, after }: FilesToBring): Promise<Buffer> {
  const record = join(turn.folder, `git-${turn.attempt}`);
  // Hooks are off, and a file system monitor is one: this index does without its marks.
  const args = [
    '-c',
    'core.fsmonitor=false',
    'read-tree',
    '--no-recurse-submodules',
    '-m',
    '-u',
    before,
    after,
  ];
  return requireGit(repository, args, {
    env: { GIT_INDEX_FILE: join(turn.folder, `index-${turn.attempt}`) },
    timeout: longTime,
    // At once: after a kill the next run asks this process whether it still writes.
    onStart: (pid) => writeFileSync(record, processMark(pid)),
  });
}

/** Reads the times of these files anew, assume-unchanged ones too. Sparse files have none and keep their mark. */
async function refreshPaths(
  repository: Repository,
  env: Readonly<Record<string, string>>,
  { before, after }: FilesToBring,
): Promise<void> {
  const changes = await changesBetween(repository, before, after);
  const entries = [
    ...(await readIndex(
      repository,
      changes.map(({ path }) => path),
    )),
  ];
  const plain = entries.filter(([, entry]) => entry.stage === 0 && !entry.sparse);
  const stdin = indexInfo(plain.map(([path, side]) => ({ path, side })));
  await requireGit(repository, ['update-index', '-z', '--index-info'], { env, stdin });
  await runGit(repository, refresh, { env, timeout: longTime });
}

// It complains about files that are not as they should be, which is none of its business here.
const refresh = ['-c', 'core.fsmonitor=false', 'update-index', '-q', '--refresh'];

/**
 * A copy that is not younger than the original. Git trusts a file's times only when they are older than the index: a
 * younger copy would hide an edit made in the same instant in which the index was written.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  const { mtimeMs } = await stat(from);
  const seconds = Math.floor(mtimeMs) / 1000;
  await utimes(to, seconds, seconds);
}

/** The tree of `before` with these changes applied, and no others. */
export async function treeWith(
  repository: Repository,
  turn: Turn,
  { before, changes }: { readonly before: Oid; readonly changes: readonly PathChange[] },
): Promise<Oid> {
  if (changes.length === 0) return before;
  const env = { GIT_INDEX_FILE: join(turn.folder, `tree-${turn.attempt}`) };
  await requireGit(repository, ['read-tree', before], { env });
  const stdin = indexInfo(changes.map(({ path, after }) => ({ path, side: after })));
  await requireGit(repository, ['update-index', '-z', '--index-info'], { env, stdin });
  // Objects that a partial clone has not fetched are no reason to stop.
  return (await requireGit(repository, ['write-tree', '--missing-ok'], { env })).toString().trim();
}
