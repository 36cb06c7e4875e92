import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FilesLiteral } from '../../test/kit/fast-import.ts';
import type { TestRepository } from '../../test/kit/repository.ts';
import { makeRepository } from '../../test/kit/repository.ts';
import { openRepository } from './repository.ts';
import type { Worktree } from './update-worktree.ts';
import { isWorktree, updateWorktree } from './update-worktree.ts';
import type { WorktreeMove } from './worktree-journal.ts';

/** A clone that stands at the first of two revisions, and the move of its branch to the second. */
export interface Prepared extends TestRepository {
  readonly move: WorktreeMove;
  readonly open: () => Promise<Worktree>;
  /** `git status` in short form, untracked files included. */
  readonly status: () => string;
  readonly update: () => Promise<void>;
}

export function prepare(before: FilesLiteral, after: FilesLiteral): Prepared {
  const repo = makeRepository([{ files: before }, { files: after, whole: true }], { bare: false });
  const [first = '', second = ''] = repo.commits;
  repo.git('reset', '-q', '--hard', first);
  const move = { ref: 'refs/heads/main', before: first, after: second };
  const open = (): Promise<Worktree> => openWorktree(repo.dir);
  return {
    ...repo,
    move,
    open,
    status: () => repo.git('status', '--porcelain', '-uall'),
    update: async () => updateWorktree(await open(), move, async () => moveRef(repo, move)),
  };
}

export const moveRef = (repo: TestRepository, { ref, before, after }: WorktreeMove): void => {
  repo.git('update-ref', ref, after, before);
};

export async function openWorktree(dir: string): Promise<Worktree> {
  const repository = await openRepository(dir);
  if (!isWorktree(repository)) throw new Error(`${dir} has no working tree`);
  return repository;
}

/** What a run has left behind: its own files, and the lock of the index. */
export const leftovers = (gitDir: string): readonly string[] => [
  ...readdirSync(join(gitDir, 'knowngood')),
  ...readdirSync(gitDir).filter((name) => name.endsWith('.lock')),
];
