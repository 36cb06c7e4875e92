import type { Request } from '../../domain/request/request.ts';
import { drive } from '../../git/drive.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { IndexedRevision } from '../../store/index-revisions.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { diffTrees } from '../../tree/diff-trees.ts';
import type { Oid } from '../../tree/object.ts';
import { everything } from '../../tree/select.ts';
import { indexRows } from '../projects/index-rows.ts';
import { markTakenBack } from '../projects/mark-rollbacks.ts';
import { readLayout } from '../projects/read-layout.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { refusing } from '../refuse-git.ts';

/** A commit that the hub made for a request, as the history index wants it, but for its place there. */
export interface OwnDeployment {
  readonly commit: Oid;
  readonly parent: Oid;
  readonly rowAt: (position: number) => IndexedRevision;
}

/** Reads what a commit of ours did to which tenant-environment. */
export const readDeployment = refusing(
  async (at: ProjectRepository, request: Request, commit: Oid): Promise<OwnDeployment> => {
    const { tree, parents, message, author, committer } = await readCommit(at.reader, commit);
    const [parent = ''] = parents;
    const before = (await readCommit(at.reader, parent)).tree;
    const changes = await drive(at.reader, diffTrees(before, tree, everything));
    const { layout } = await readLayout(at.reader, tree);
    const [subject = '', ...rest] = message.split('\n');
    const words = { author, subject, body: rest.join('\n'), committedSeconds: committer.seconds };
    const logged = { oid: commit, parent, tree, ...words, changes, boundary: false };
    const rowOf = indexRows(layout, []);
    return { commit, parent, rowAt: (position) => rowOf({ ...logged, changes }, position, request) };
  },
);

/**
 * Puts the commit at the end of the history index, when that has come as far as its parent, and marks what the
 * request took back. False when it has not: the indexer has to find the commit, and does the same.
 */
export async function addDeployment(
  tx: TransactionTables,
  request: Request,
  { commit, parent, rowAt }: OwnDeployment,
  now: number,
): Promise<boolean> {
  const { projectId } = request;
  const progress = await tx.indexProgress.get(projectId);
  if (progress?.head !== parent) return false;
  const position = progress.newest + 1;
  await tx.deployments.index(projectId, [rowAt(position)]);
  await tx.indexProgress.set(projectId, { ...progress, head: commit, newest: position, updatedAt: now });
  await markTakenBack(tx, request, commit);
  return true;
}
