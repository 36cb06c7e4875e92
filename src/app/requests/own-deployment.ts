import type { HeldField } from '../../domain/hold/hold.ts';
import { heldFields } from '../../domain/hold/held-fields.ts';
import { parseKeep } from '../../domain/plan/keep.ts';
import type { KnownFields } from '../../domain/plan/known-fields.ts';
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
  /** The versions that a rollback took away, and what else it was to hold. */
  readonly held: readonly HeldField[];
}

/** A request that its branch has, and what is known already of the fields that it changed. */
export interface Carried {
  readonly request: Request;
  readonly commit: Oid;
  readonly known?: KnownFields | undefined;
}

/** Reads what a commit of ours did to which tenant-environment. */
export const readDeployment = refusing(
  async (at: ProjectRepository, { request, commit, known }: Carried): Promise<OwnDeployment> => {
    const { tree, parents, message, author, committer } = await readCommit(at.reader, commit);
    const [parent = ''] = parents;
    const before = (await readCommit(at.reader, parent)).tree;
    const changes = await drive(at.reader, diffTrees(before, tree, everything));
    const { layout } = await readLayout(at.reader, tree);
    const [subject = '', ...rest] = message.split('\n');
    const words = { author, subject, body: rest.join('\n'), committedSeconds: committer.seconds };
    const logged = { oid: commit, parent, tree, ...words, changes, boundary: false };
    const rowOf = indexRows(layout, []);
    const takesAway = request.kind === 'rollback' && request.scope.mode !== 'undo';
    const also = (request.scope.hold ?? []).map(parseKeep);
    const held = takesAway ? await drive(at.reader, heldFields(layout, changes, { known, also })) : [];
    return { commit, parent, held, rowAt: (position) => rowOf({ ...logged, changes }, position, request) };
  },
);

/** A request, and the commit of it. */
interface Own {
  readonly request: Request;
  readonly deployment: OwnDeployment;
}

/**
 * Puts commits of one project at the end of the history index, each when that has come as far as its parent, and marks
 * what their requests took back. Answers those that it took in: the others the indexer has to find, and does the same.
 */
export async function addDeployments(
  tx: TransactionTables,
  own: readonly Own[],
  now: number,
): Promise<ReadonlySet<Oid>> {
  const projectId = own[0]?.request.projectId ?? '';
  const before = await tx.indexProgress.get(projectId);
  if (!before) return new Set();
  let progress = before;
  const rows: IndexedRevision[] = [];
  const taken: Own[] = [];
  for (const one of own) {
    const { commit, parent, rowAt } = one.deployment;
    if (parent !== progress.head) continue;
    progress = { ...progress, head: commit, newest: progress.newest + 1, updatedAt: now };
    rows.push(rowAt(progress.newest));
    taken.push(one);
  }
  if (taken.length === 0) return new Set();
  await tx.deployments.index(projectId, rows);
  await tx.indexProgress.set(projectId, progress);
  for (const { request, deployment } of taken) await markTakenBack(tx, request, deployment.commit);
  return new Set(taken.map(({ deployment }) => deployment.commit));
}
