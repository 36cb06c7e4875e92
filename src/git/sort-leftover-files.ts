import { readFile } from 'node:fs/promises';
import type { FileDifference } from './compare-files.ts';
import { compareFiles } from './compare-files.ts';
import { isStaged } from './dirty-overlap.ts';
import type { PathChange } from './path-change.ts';
import { lookAt, obstaclesAt, onDisk } from './path-on-disk.ts';
import { readIndex } from './read-index.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import type { Turn } from './take-turn.ts';

/** How to treat each path of an update that stopped half-way. A path that is in no list is none of our business any more. */
export interface FilePlan {
  /** Index and file are still as before, or the file is gone or torn. */
  readonly change: readonly PathChange[];
  /** The file is there already, or the user's now: only the index has to follow. */
  readonly stageOnly: readonly PathChange[];
  /** Files of `change` that were being written at the moment of the crash and have to go first. */
  readonly torn: readonly string[];
  /** Paths of `stageOnly` whose files hold the user's own edits. */
  readonly kept: readonly string[];
}

type Verdict = 'change' | 'stage' | 'torn' | 'keep';

/** Tells the work of a killed git from edits that the user made since. */
export async function sortLeftoverFiles(
  repository: Repository & { readonly workTree: string },
  turn: Turn,
  changes: readonly PathChange[],
): Promise<FilePlan> {
  const index = await readIndex(
    repository,
    changes.map(({ path }) => path),
  );
  const ours = changes.filter(({ path, before }) => isStaged(index.get(path), before));
  const before = await compareFiles(
    repository,
    turn,
    ours.map(({ path, before }) => ({ path, side: before })),
  );
  const after = await compareFiles(
    repository,
    turn,
    ours.map(({ path, after }) => ({ path, side: after })),
  );
  const leaving = new Set(
    ours.filter((change) => !change.after && !before.has(change.path)).map(({ path }) => path),
  );
  const verdicts = new Map<PathChange, Verdict>();
  for (const change of ours) {
    const { path } = change;
    const sparse = index.get(path)?.sparse === true && before.get(path) === 'missing';
    const facts = { before: before.get(path), after: after.get(path), leaving };
    verdicts.set(change, sparse ? 'change' : await judge(repository, change, facts));
  }
  const those = (...wanted: readonly Verdict[]): readonly PathChange[] =>
    ours.filter((change) => wanted.includes(verdicts.get(change) ?? 'keep'));
  return {
    change: those('change', 'torn'),
    stageOnly: those('stage', 'keep'),
    torn: those('torn').map(({ path }) => path),
    kept: those('keep').map(({ path }) => path),
  };
}

interface Facts {
  /** How the file differs from the old side, and from the new one. */
  readonly before: FileDifference | undefined;
  readonly after: FileDifference | undefined;
  /** Files that stand as before and go away: no obstacle to anything. */
  readonly leaving: ReadonlySet<string>;
}

async function judge(
  repository: Repository & { readonly workTree: string },
  change: PathChange,
  facts: Facts,
): Promise<Verdict> {
  const { path, before, after } = change;
  // Submodules are staged only, here as in git.
  if ((before ?? after)?.mode === '160000' && (after ?? before)?.mode === '160000') return 'change';
  if (before !== undefined && before.mode !== '160000' && facts.before === undefined) return 'change';
  if (after === undefined) return facts.before === 'missing' ? 'stage' : 'keep';
  if (facts.after === undefined) return 'stage';
  const obstacles = await obstaclesAt(repository.workTree, path);
  if (obstacles.every((obstacle) => facts.leaving.has(obstacle))) return 'change';
  const itself = obstacles.length === 1 && obstacles[0] === path;
  return itself && (await isTorn(repository, change)) ? 'torn' : 'keep';
}

/** A file that git was writing: a beginning of the new content, then nothing or, after a power cut, zeros. */
async function isTorn(
  repository: Repository & { readonly workTree: string },
  { path, after }: PathChange,
): Promise<boolean> {
  if (after === undefined || !after.mode.startsWith('100')) return false;
  const found = await lookAt(repository.workTree, path);
  if (found?.isFile() !== true) return false;
  // With the user's filters and line endings, as git writes it.
  const filters = path.isWellFormed() ? ['--filters', `--path=${path}`] : ['blob'];
  const { status, stdout } = await runGit(repository, ['cat-file', ...filters, after.oid], {
    maxOutput: 2 ** 30,
  });
  if (status !== 0 || found.size > stdout.length) return false;
  const content = await readFile(onDisk(repository.workTree, path));
  const written = content.findIndex((byte, at) => byte !== stdout[at]);
  if (written === -1) return content.length < stdout.length;
  return content.subarray(written).every((byte) => byte === 0);
}
