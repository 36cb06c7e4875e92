import { checkScope } from '../domain/plan/check-scope.ts';
import { Refusal } from '../domain/refusal/refusal.ts';
import { readRevisionText } from '../domain/plan/revision-text.ts';
import type { Snapshot } from '../domain/plan/plan-parts.ts';
import { type Scope, scopeName } from '../domain/plan/scope.ts';
import { drive } from '../git/drive.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { readCommit } from '../git/read-commit.ts';
import { resolveRevision } from '../git/resolve-revision.ts';
import { revisionAtTime } from '../git/revision-at-time.ts';
import { requireLayout } from './choose-scope.ts';
import type { OpenedBranch } from './open-branch.ts';
import { listHistory } from './list-history.ts';

/** A moment as people think of it: now, and the local offset from UTC in minutes. */
export interface Moment {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  readonly zoneMinutes: number;
}

/** What was asked for as a target: a revision or a time as typed; absent means the previous change of the scope. */
export interface TargetQuery extends Moment {
  readonly to: string | undefined;
  readonly scope: Pick<Scope, 'tenant' | 'environment' | 'service'>;
}

/**
 * The revision to go back to: an ancestor of the base. Throws a Refusal when it does not exist, is ambiguous, or is
 * no ancestor, and no_previous_change when nothing was named and the scope has only ever had one state.
 */
export async function resolveTarget(opened: OpenedBranch, query: TargetQuery): Promise<Snapshot> {
  const revision = await findRevision(opened, query);
  const { tree } = await readCommit(opened.reader, revision);
  return { revision, tree };
}

async function findRevision(opened: OpenedBranch, { to, scope, ...moment }: TargetQuery): Promise<string> {
  const { repository, base, branch } = opened;
  if (to === undefined) return previousChange(opened, scope);
  const wanted = readRevisionText(to, moment.now, moment.zoneMinutes);
  if (wanted.kind === 'time') {
    const found = await revisionAtTime(repository, base.revision, Math.floor(wanted.at / 1000));
    if (found) return found.oid;
    throw new Refusal('no_revision_at_time', {
      branch: branch.name,
      time: new Date(wanted.at).toISOString(),
    });
  }
  const revision = await resolveRevision(repository, wanted.name);
  await requireAncestor(opened, revision);
  return revision;
}

/** Throws revision_not_ancestor unless the commit is the base or comes before it. */
export async function requireAncestor(
  { repository, base, branch }: OpenedBranch,
  revision: string,
): Promise<void> {
  if (await isAncestor(repository, revision, base.revision)) return;
  throw new Refusal('revision_not_ancestor', { revision: revision.slice(0, 8), branch: branch.name });
}

/** The revision of the change before the latest one: the state that the latest change replaced. */
async function previousChange(opened: OpenedBranch, scope: TargetQuery['scope']): Promise<string> {
  const rows: string[] = [];
  for await (const row of listHistory(opened, { ...scope, limit: 2 })) rows.push(row.revision);
  const [, previous] = rows;
  if (previous) return previous;
  await drive(opened.reader, checkScope(requireLayout(opened), opened.base.tree, scope));
  if (opened.repository.shallow) throw new Refusal('shallow_repository', { path: opened.repository.path });
  throw new Refusal('no_previous_change', { scope: scopeName(scope), branch: opened.branch.name });
}
