import { selectScope } from '../../domain/layout/layout-selector.ts';
import { type ApplicationPlace, folderSources } from '../../domain/cluster/application-place.ts';
import type { Application } from '../../domain/cluster/application.ts';
import type { LiveRelation } from '../../domain/verification/verification.ts';
import { drive } from '../../git/drive.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import { GitError } from '../../git/git-error.ts';
import { readCommit } from '../../git/read-commit.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Oid } from '../../tree/object.ts';
import { readLayout } from '../projects/read-layout.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { selectFolder } from './select-folder.ts';

/** Our commit, and what an Application runs. */
export interface Comparison {
  readonly commit: Oid;
  readonly application: Application;
  readonly place: ApplicationPlace;
}

/** The tree of a commit, or undefined when the repository does not have it. */
async function treeOf(at: ProjectRepository, commit: Oid): Promise<Oid | undefined> {
  try {
    return (await readCommit(at.reader, commit)).tree;
  } catch (error) {
    if (error instanceof GitError && ['object_missing', 'object_unexpected'].includes(error.code))
      return undefined;
    throw error;
  }
}

/**
 * What an Application runs, beside our commit. The same means: every path of what it deploys, and all of the folders
 * that it reads, are as in our commit. An unknown revision is never the same, whatever an agent says of it.
 */
export async function liveRelation(
  at: ProjectRepository,
  { commit, application, place }: Comparison,
): Promise<LiveRelation> {
  const live = application.liveRevision;
  if (live === commit) return 'same';
  if (!/^[0-9a-f]{40}$/.test(live)) return 'unknown';
  const [ours, theirs] = [await treeOf(at, commit), await treeOf(at, live)];
  if (ours === undefined || theirs === undefined) return 'unknown';
  const { layout } = await readLayout(at.reader, ours);
  const selectors = [
    selectScope(layout, place),
    ...folderSources(application).map(({ path }) => selectFolder(path)),
  ];
  const differences = await Promise.all(
    selectors.map((select) => drive(at.reader, diffTrees(ours, theirs, select))),
  );
  if (differences.every(({ length }) => length === 0)) return 'same';
  if (await isAncestor(at.repository, live, commit)) return 'behind';
  return (await isAncestor(at.repository, commit, live)) ? 'superseded' : 'unknown';
}
