import { type LayoutProposal, proposeLayouts } from '../domain/layout/propose-layouts.ts';
import { PROJECT_FILE } from '../domain/layout/project-file.ts';
import { findBranch } from '../git/branch.ts';
import { drive } from '../git/drive.ts';
import { logHistory } from '../git/log-history.ts';
import { openObjectReader } from '../git/object-reader.ts';
import { readCommit } from '../git/read-commit.ts';
import { type Repository, openRepository } from '../git/repository.ts';
import { listPaths } from '../tree/read-paths.ts';
import type { Selector } from '../tree/select.ts';
import { refusing } from './refuse-git.ts';

export interface DetectOptions {
  /** A clone, a linked worktree or a bare repository. */
  readonly path: string;
  /** The branch HEAD is on when absent. */
  readonly branch?: string | undefined;
  /** Called now and then with what is being read. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** What could be made of a branch, the best proposal first; none when nothing was recognised. */
export interface DetectedLayouts {
  readonly branch: string;
  readonly revision: string;
  readonly files: number;
  /** Past commits that were looked at. */
  readonly commits: number;
  /** False when the branch has more files than were read; figures are about those that were. */
  readonly complete: boolean;
  /** The branch says where things are already. */
  readonly described: boolean;
  readonly proposals: readonly LayoutProposal[];
}

const MOST_FILES = 200_000;
const MOST_FOLDERS = 100_000;
const MOST_COMMITS = 1000;
const MOST_CHANGES = 5000;

/**
 * Proposes layouts for a branch from its files and its last thousand commits. Reads only what is in the clone, at
 * most 200,000 files, and writes nothing.
 */
export const detectLayout = refusing(async (options: DetectOptions): Promise<DetectedLayouts> => {
  const repository = await openRepository(options.path);
  const branch = await findBranch(repository, options.branch);
  const show = options.onProgress ?? (() => undefined);
  const { paths, complete } = await readFiles(repository, branch.tip, show);
  const commits = await readChanges(repository, branch.tip, show);
  show('Comparing layouts…');
  return {
    branch: branch.name,
    revision: branch.tip,
    files: paths.length,
    commits: commits.length,
    complete,
    described: paths.includes(PROJECT_FILE),
    proposals: proposeLayouts({ paths: paths.filter((path) => path !== PROJECT_FILE), commits }),
  };
});

type Show = (text: string) => void;

interface FoundFiles {
  readonly paths: readonly string[];
  readonly complete: boolean;
}

async function readFiles(repository: Repository, tip: string, show: Show): Promise<FoundFiles> {
  const reader = openObjectReader(repository);
  try {
    const { tree } = await readCommit(reader, tip);
    const budget = limitedSelector(show);
    const found = await drive(reader, listPaths(tree, budget.select, MOST_FILES));
    return { paths: [...found.keys()], complete: budget.complete() && found.size < MOST_FILES };
  } finally {
    await reader.close();
  }
}

/** Everything, as long as it is not too much; what is nearest the root comes first. */
function limitedSelector(show: Show): { readonly select: Selector; readonly complete: () => boolean } {
  let [files, folders] = [0, 0];
  const select: Selector = {
    folder: () => {
      folders += 1;
      return folders <= MOST_FOLDERS ? 'some' : 'none';
    },
    file: () => {
      files += 1;
      if (files % 1000 === 0) show(`Reading files… ${files.toLocaleString('en')}`);
      return true;
    },
  };
  return { select, complete: () => folders <= MOST_FOLDERS };
}

async function readChanges(repository: Repository, tip: string, show: Show): Promise<readonly string[][]> {
  const commits: string[][] = [];
  for await (const { changes } of logHistory(repository, tip, { limit: MOST_COMMITS })) {
    commits.push(changes.slice(0, MOST_CHANGES).map(({ path }) => path));
    if (commits.length % 100 === 0) show(`Reading history… ${commits.length} commits`);
  }
  return commits;
}
