import { type Basis, approvalNote, basisOf } from '../../domain/approval.ts';
import { partyName } from '../../domain/actor.ts';
import { commitMessage } from '../../domain/commit-message.ts';
import type { Snapshot } from '../../domain/plan-parts.ts';
import { Refusal } from '../../domain/refusal.ts';
import { GitError } from '../../git/git-error.ts';
import { readCommit } from '../../git/read-commit.ts';
import { type PlacedCommit, placeCommit } from '../../git/write-commit.ts';
import { failPoint } from '../../std/fail-point.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository, Publication } from '../projects/repository-pool.ts';
import type { PlannedQuestion } from './plan-question.ts';
import { replan } from './scope-moved.ts';
import { standingReader } from './standing-reader.ts';

/** How an attempt to bring a request into its branch ended. */
export type Publishing =
  /** The branch has the commit, durably. */
  | { readonly kind: 'published'; readonly commit: Oid }
  /** The branch does not have it, and will not: nothing was published, or it was refused. */
  | { readonly kind: 'moved'; readonly refusal: Refusal }
  | { readonly kind: 'no_basis' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Another process carries the request out now. */
  | { readonly kind: 'taken_over' }
  /** Whether the branch has it cannot be said now. */
  | { readonly kind: 'unknown'; readonly error: unknown };

/** So often the branch may be moved by others while we try. */
const ATTEMPTS = 20;

/**
 * Brings an executing request into its branch as one commit, or finds that an earlier attempt has. The commit's id is
 * saved before the branch moves, so that recovery can ask Git about it. Runs inside `exclusive`.
 */
export async function publishRequest(
  hub: Hub,
  at: ProjectRepository,
  request: StoredRequest,
  before: readonly Oid[],
): Promise<Publishing> {
  const tried = [...before];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const earlier = await findPublished(at, tried);
    if (earlier) return earlier;
    const outcome = await tryOnce(hub, at, request);
    if (outcome.kind !== 'again') return outcome;
    tried.push(outcome.commit);
  }
  return { kind: 'failed', error: new Refusal('busy', { what: at.project.settings.branch, seconds: 1 }) };
}

async function findPublished(
  at: ProjectRepository,
  commits: readonly Oid[],
): Promise<Publishing | undefined> {
  try {
    for (const commit of commits) if (await at.contains(commit)) return { kind: 'published', commit };
    return undefined;
  } catch (error) {
    return { kind: 'unknown', error };
  }
}

type Try = Publishing | { readonly kind: 'again'; readonly commit: Oid };

async function tryOnce(hub: Hub, at: ProjectRepository, request: StoredRequest): Promise<Try> {
  const head = await at.head();
  const replanned = await replan(at.reader, request, head);
  if (replanned.kind === 'moved') return replanned;
  await failPoint('app.request.replanned');
  const basis = await basisNow(hub, request);
  if (!basis) return { kind: 'no_basis' };
  const { oid: commit, durable } = await write(hub, at, { request, change: replanned.change, head, basis });
  await failPoint('app.request.written');
  const planned = { commit, parent: head.revision };
  if (!(await hub.store.requests.plan(request.id, request.epoch, planned))) return { kind: 'taken_over' };
  await failPoint('app.request.planned');
  const still = await basisNow(hub, request);
  if (!still) return { kind: 'no_basis' };
  // Another approver counts than the message names: it is written again.
  if (JSON.stringify(still) !== JSON.stringify(basis)) return { kind: 'again', commit };
  return publish(at, { from: planned.parent, commit, when: durable });
}

/** The last question before the branch moves: may this still be done, and why? */
async function basisNow(hub: Hub, request: StoredRequest): Promise<Basis | undefined> {
  return basisOf(request, await standingReader(hub, hub.store).ofRequest(request));
}

async function publish(at: ProjectRepository, publication: Publication): Promise<Try> {
  const { commit } = publication;
  try {
    await at.publish(publication);
    await failPoint('app.request.published');
    return { kind: 'published', commit };
  } catch (error) {
    if (error instanceof GitError && error.code === 'ref_moved') return { kind: 'again', commit };
    // An answer can be lost after the deed: the branch itself knows.
    const there = await at.contains(commit).catch(() => undefined);
    if (there === undefined) return { kind: 'unknown', error };
    return there ? { kind: 'published', commit } : { kind: 'failed', error };
  }
}

interface Writing {
  readonly request: StoredRequest;
  readonly change: PlannedQuestion;
  readonly head: Snapshot;
  readonly basis: Basis;
}

async function write(hub: Hub, at: ProjectRepository, writing: Writing): Promise<PlacedCommit> {
  const { request, change, head } = writing;
  const { committer, signingKey } = hub.settings;
  invariant(request.execution, 'an executing request has an execution');
  // The time of the attempt: done again, it gives the same commit.
  const when = { seconds: Math.floor(request.execution.startedAt / 1000), zone: '+0000' };
  const { name, email = '' } = request.requester;
  const content = {
    tree: change.result.tree,
    parents: [head.revision],
    author: { name, email, ...when },
    committer: { ...committer, ...when },
    message: await messageOf(at, writing),
  };
  return placeCommit(at.repository, content, change.result.objects, {
    reader: at.reader,
    ...(signingKey === undefined ? {} : { signingKey }),
  });
}

async function messageOf(at: ProjectRepository, { request, change, basis }: Writing): Promise<string> {
  const { plan, digest } = change;
  const undone = plan.kind === 'undo' ? await readCommit(at.reader, plan.target) : undefined;
  return commitMessage(plan, {
    justification: request.justification,
    author: partyName(request.requester),
    approval: approvalNote(basis),
    requestId: request.id,
    digest,
    ...(undone ? { subject: undone.message.split('\n', 1)[0] ?? '' } : {}),
  });
}
