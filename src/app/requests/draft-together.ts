import { type Basis, approvalNote } from '../../domain/request/approval.ts';
import { checkPublication } from '../../domain/request/execution.ts';
import { partyName } from '../../domain/people/actor.ts';
import { commitMessage } from '../../domain/plan/commit-message.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { Snapshot } from '../../domain/plan/plan-parts.ts';
import type { EncodedObject } from '../../git/encoded-object.ts';
import { type ObjectReader, readerWith } from '../../git/object-reader.ts';
import { readCommit } from '../../git/read-commit.ts';
import { makeCommit } from '../../git/write-commit.ts';
import { failPoint } from '../../std/fail-point.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Oid } from '../../tree/object.ts';
import { judgeHolds } from '../holds/judge-holds.ts';
import type { Hub } from '../hub.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import type { PlannedQuestion } from './plan-question.ts';
import type { Publishing } from './publishing.ts';
import { replan } from './scope-moved.ts';
import { type StandingReader, standingReader } from './standing-reader.ts';

/** A commit that carries out a request, and that is written nowhere yet. */
export interface Draft {
  readonly request: StoredRequest;
  /** Why it may be done, as its message says. */
  readonly basis: Basis;
  /** The freeze window that holds as it is written. */
  readonly duringFreeze: string | undefined;
  readonly commit: Oid;
  readonly parent: Oid;
  /** All that has to be written for it, children first. */
  readonly objects: readonly EncodedObject[];
}

/** A request that gets no commit. `onTop`: that was found out on top of drafts, not of what the branch has. */
export interface Stopped {
  readonly request: StoredRequest;
  readonly end: Publishing;
  readonly onTop: boolean;
}

export interface Drafting {
  readonly requests: readonly StoredRequest[];
  readonly head: Snapshot;
}

/**
 * Plans requests again, each on top of the commit of the one before it, the first on the head. Nothing is written. A
 * request that does not do what was approved any more, or may not be done any more, is left out.
 */
export async function draftTogether(
  hub: Hub,
  at: ProjectRepository,
  { requests, head }: Drafting,
): Promise<{ readonly drafts: readonly Draft[]; readonly stopped: readonly Stopped[] }> {
  const unwritten = new Map<Oid, EncodedObject>();
  const desk = { hub, reader: readerWith(at.reader, unwritten), standing: standingReader(hub, hub.store) };
  const drafts: Draft[] = [];
  const stopped: Stopped[] = [];
  let top = head;
  for (const request of requests) {
    const drafted = await draftOne(desk, request, top).catch((error: unknown): Publishing => ({
      kind: 'failed',
      error,
    }));
    if (drafted.kind !== 'drafted') {
      stopped.push({ request, end: drafted, onTop: drafts.length > 0 });
      continue;
    }
    for (const object of drafted.draft.objects) unwritten.set(object.oid, object);
    drafts.push(drafted.draft);
    top = { revision: drafted.draft.commit, tree: drafted.tree };
  }
  return { drafts, stopped };
}

interface Desk {
  readonly hub: Hub;
  readonly reader: ObjectReader;
  readonly standing: StandingReader;
}

type Drafted = Publishing | { readonly kind: 'drafted'; readonly draft: Draft; readonly tree: Oid };

async function draftOne(desk: Desk, request: StoredRequest, top: Snapshot): Promise<Drafted> {
  const replanned = await replan(desk.reader, request, top);
  if (replanned.kind === 'moved') return replanned;
  await failPoint('app.request.replanned');
  // A rollback may have taken away since what this brings.
  demand(await judgeHolds(desk.hub, request, replanned.change.plan));
  const check = checkPublication(request, await desk.standing.ofRequest(request));
  if (check.kind === 'no_basis') return check;
  if (check.kind === 'refuse') return { kind: 'failed', error: check.refusal };
  const { basis, duringFreeze } = check;
  const { change } = replanned;
  const commit = await commitOf(desk, { request, change, top, basis });
  const objects = [...change.result.objects, commit];
  const draft = { request, basis, duringFreeze, commit: commit.oid, parent: top.revision, objects };
  return { kind: 'drafted', draft, tree: change.result.tree };
}

interface Writing {
  readonly request: StoredRequest;
  readonly change: PlannedQuestion;
  readonly top: Snapshot;
  readonly basis: Basis;
}

async function commitOf({ hub, reader }: Desk, writing: Writing): Promise<EncodedObject> {
  const { request, change, top } = writing;
  const { committer, signingKey } = hub.settings;
  invariant(request.execution, 'an executing request has an execution');
  // The time of the attempt: done again, it gives the same commit.
  const when = { seconds: Math.floor(request.execution.startedAt / 1000), zone: '+0000' };
  const { name, email = '' } = request.requester;
  const content = {
    tree: change.result.tree,
    parents: [top.revision],
    author: { name, email, ...when },
    committer: { ...committer, ...when },
    message: await messageOf(reader, writing),
  };
  return makeCommit(content, signingKey);
}

async function messageOf(reader: ObjectReader, { request, change, basis }: Writing): Promise<string> {
  const { plan, digest } = change;
  const undone =
    plan.kind === 'undo' && plan.target !== undefined ? await readCommit(reader, plan.target) : undefined;
  return commitMessage(plan, {
    justification: request.justification,
    author: partyName(request.requester),
    approval: approvalNote(basis),
    requestId: request.id,
    digest,
    ...(undone ? { subject: undone.message.split('\n', 1)[0] ?? '' } : {}),
  });
}
