import type { Actor } from '../../domain/people/actor.ts';
import { listScopes } from '../../domain/layout/list-scopes.ts';
import { defaultPolicy } from '../../domain/policy/policy.ts';
import { PROJECT_FILE } from '../../domain/layout/project-file.ts';
import { decidePush } from '../../domain/push/push-protection.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { decide } from '../../domain/people/rights.ts';
import { whyLinkRefused, whyPathRefused } from '../../domain/push/tree-policy.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { applyEdits } from '../../git/apply-edits.ts';
import { changesBetween } from '../../git/commit-changes.ts';
import { drive } from '../../git/drive.ts';
import { isAncestor } from '../../git/is-ancestor.ts';
import type { ObjectReader } from '../../git/object-reader.ts';
import type { PathChange } from '../../git/path-change.ts';
import { readCommit } from '../../git/read-commit.ts';
import type { RefUpdate } from '../../git/receive-hook.ts';
import type { Repository } from '../../git/repository.ts';
import type { Edit } from '../../tree/edit.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import { checkPushHolds } from '../holds/check-push-holds.ts';
import { checkPushCharts } from './check-push-charts.ts';
import { editsAfterPush } from './follow-push.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { readLayout } from '../projects/read-layout.ts';

/** A push that is not accepted yet. `repository` and `reader` see its objects. */
export interface PushAtDoor {
  readonly hub: Hub;
  readonly actor: Actor;
  readonly project: HubProject;
  readonly branchRef: string;
  readonly repository: Repository;
  readonly reader: ObjectReader;
}

export interface PushOutcome {
  /** A grant was needed to pass the protection of an environment. */
  readonly passedProtection: boolean;
}

/**
 * Decides about every ref of a push; throws the refusal to show. What was in the branch before is never judged, and
 * neither is the history that a first push brings along.
 */
export async function checkPush(push: PushAtDoor, updates: readonly RefUpdate[]): Promise<PushOutcome> {
  let passedProtection = false;
  for (const update of updates) {
    await refuseRewriting(push, update);
    const { ref, before, after } = update;
    const own = ref === push.branchRef;
    // Only the branch that the cluster reads has parts that single grants are about.
    if (!own || before === undefined) demand(decide(push.actor, 'push', { projectId: push.project.id }));
    if (!ref.startsWith('refs/heads/') || after === undefined) continue;
    const base = before ?? (own ? undefined : await tipOf(push));
    const changes = base === undefined ? [] : await changesBetween(push.repository, base, after);
    await checkTree(push, changes);
    if (!own) continue;
    if (base !== undefined) passedProtection = await checkProtection(push, base, changes);
    await checkPushHolds(push.hub, push.reader, { projectId: push.project.id, changes });
    if (base === undefined || changes.some(({ path }) => path === PROJECT_FILE))
      await checkProjectFile(push, after);
    // What nobody can generate would stop every later change of its services.
    const stale = await editsAfterPush(push.reader, { before: base, after });
    if (base === undefined) continue;
    await refuseStale(push, after, stale);
    await checkPushCharts(push.hub, push.reader, { before: base, after, generated: stale });
  }
  return { passedProtection };
}

/** What a first push brings is never stale: nothing was generated before it. */
async function refuseStale(
  { reader }: PushAtDoor,
  after: Oid,
  [first, ...others]: readonly Edit[],
): Promise<void> {
  if (!first) return;
  const { tree } = await readCommit(reader, after);
  const { stalePushes } = await readLayout(reader, tree);
  if (stalePushes !== 'refuse') return;
  // Another comment in a source makes the same files.
  const made = await applyEdits(reader, tree, [first, ...others]);
  if (made.tree !== tree) throw new Refusal('push_stale', { path: first.path });
}

/** A new branch is judged by what it changes on the project's own. */
const tipOf = async ({ hub, project }: PushAtDoor): Promise<Oid | undefined> =>
  hub.repositories.use(project, (at) => at.tip());

async function refuseRewriting({ repository, reader }: PushAtDoor, update: RefUpdate): Promise<void> {
  const { ref, before, after } = update;
  const shown = oneWord(ref);
  if (!/^refs\/(?:heads|tags)\/[^-]/.test(ref) || whyPathRefused(ref) !== undefined)
    throw new Refusal('push_ref', { ref: shown });
  if (after === undefined) throw new Refusal('push_rewrites', { ref: shown });
  if (ref.startsWith('refs/tags/')) {
    if (before !== undefined) throw new Refusal('push_rewrites', { ref: shown });
    return;
  }
  // A branch points to a commit; git itself says so of others.
  if ((await reader.describe(after))?.type !== 'commit') throw new Refusal('push_ref', { ref: shown });
  if (before !== undefined && !(await isAncestor(repository, before, after)))
    throw new Refusal('push_rewrites', { ref: shown });
}

const oneWord = (ref: string): string =>
  ref
    .slice(0, 200)
    .toWellFormed()
    .replaceAll(/[\p{C}\s]/gu, '?');

async function checkTree(push: PushAtDoor, changes: readonly PathChange[]): Promise<void> {
  const { reader, hub } = push;
  const limit = hub.settings.limits.blobBytes;
  for (const { path, before, after } of changes) {
    if (after === undefined || after.oid === before?.oid) continue;
    // What stands there already may stay under its name.
    if (before === undefined) refuse(path, whyPathRefused(path));
    if (after.mode === '160000') continue;
    if (after.mode === '120000') {
      const { content } = await reader.readRaw(after.oid);
      refuse(path, whyLinkRefused(path, content?.toString('utf8') ?? ''));
    } else {
      const size = (await reader.describe(after.oid))?.size ?? 0;
      refuse(path, size > limit ? `it is larger than ${limit} bytes` : undefined);
    }
  }
}

function refuse(path: string, reason: string | undefined): void {
  if (reason !== undefined)
    throw new Refusal('push_path', { path: JSON.stringify(path.slice(0, 200)), reason });
}

/** Whether a grant was needed to pass. */
async function checkProtection(
  { hub, actor, project, reader }: PushAtDoor,
  base: Oid,
  changes: readonly PathChange[],
): Promise<boolean> {
  const { tree } = await readCommit(reader, base);
  const { layout } = await readLayout(reader, tree).catch((error: unknown) => {
    // A branch whose layout is broken has to stay mendable.
    if (error instanceof Refusal) return { layout: undefined };
    throw error;
  });
  if (layout === undefined) {
    demand(decide(actor, 'project', { projectId: project.id }));
    return false;
  }
  const found = await drive(reader, listScopes(layout, tree));
  const environments = new Set([...layout.environments, ...found.map(({ environment }) => environment)]);
  const policies = new Map(
    await Promise.all(
      [...environments].map(async (environment) => {
        const latest = await hub.store.policies.latest(project.id, environment);
        return [environment, latest?.policy ?? defaultPolicy] as const;
      }),
    ),
  );
  const rights = { actor, projectId: project.id, layout, policies };
  const { verdict, passedProtection } = decidePush(
    rights,
    changes.map(({ path }) => path),
  );
  demand(verdict);
  return passedProtection;
}

/** A layout that cannot be read would leave the whole project without protection and without history. */
async function checkProjectFile({ reader }: PushAtDoor, after: Oid): Promise<void> {
  const { tree } = await readCommit(reader, after);
  await readLayout(reader, tree);
}
