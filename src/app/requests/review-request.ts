import type { Actor } from '../../domain/people/actor.ts';
import type { AuditFlag } from '../../domain/audit/audit-entry.ts';
import { pageRefusal } from '../../domain/refusal/page-refusal.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { reviewRequest as reviewed } from '../../domain/request/request-life.ts';
import { type Vote, decideVote } from '../../domain/request/review.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { isAuthor } from '../../domain/request/votes.ts';
import { personOf } from '../../domain/people/actor.ts';
import { invariant } from '../../std/invariant.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import { aboutRequest } from './about-request.ts';
import { carryOut } from './carry-out.ts';
import { completedOrThrow } from './execute-request.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { replan } from './scope-moved.ts';
import { standingReader } from './standing-reader.ts';
import { startExecuting } from './start-executing.ts';

/** A vote on a request. */
export interface ReviewInput extends RequestName, Vote {}

/**
 * Approves or rejects a request. The approval that completes the quorum executes it where the policy says so: vote
 * and start are one transaction. Throws what forbids the vote, and then none is saved; or `execution_failed` when the
 * vote is saved and the commit could not be made.
 */
export async function reviewRequest(hub: Hub, actor: Actor, input: ReviewInput): Promise<StoredRequest> {
  const found = await findRequest(hub.store, actor, input);
  demand(decideVote(found, actor, input, await standingReader(hub, hub.store).ofRequest(found, actor)));
  if (input.decision === 'approve') await refuseMoved(hub, found);
  const saved = await hub.store.tx((tx) => vote(hub, actor, tx, input));
  await failPoint('app.request.voted');
  hub.wake('outbox');
  return saved.state === 'executing' ? completedOrThrow(await carryOut(hub, saved)) : saved;
}

/** Nobody approves what cannot be carried out any more. A Git that cannot be read is for the execution to report. */
async function refuseMoved(hub: Hub, request: StoredRequest): Promise<void> {
  const project = await requireProject(hub.store, request.projectId);
  const replanned = await hub.repositories
    .use(project, async (at) => replan(at.reader, request, await at.head()))
    .catch(() => undefined);
  if (replanned?.kind === 'moved') throw replanned.refusal;
}

async function vote(
  hub: Hub,
  actor: Actor,
  tx: TransactionTables,
  input: ReviewInput,
): Promise<StoredRequest> {
  const stored = await findRequest(tx, actor, input);
  const standing = await standingReader(hub, tx).ofRequest(stored, actor);
  const { request, outcome } = reviewed(stored, actor, input, standing);
  const review = request.reviews.at(-1);
  invariant(review, 'a vote is the last review');
  if (!(await tx.reviews.add(stored.id, review))) throw pageRefusal('already_reviewed', stored.kind);
  const own = isAuthor(stored, personOf(actor), standing);
  const flags: readonly AuditFlag[] = own ? ['self_approval'] : [];
  const { state, executesNow, counted, needed, duringFreeze } = outcome;
  await recordChange(tx, actor, {
    ...aboutRequest(stored),
    at: standing.now,
    action: input.decision === 'approve' ? 'request.approved' : 'request.rejected',
    flags,
    details: { digest: review.digest, comment: input.comment ?? null, state, counted, needed },
  });
  if (executesNow) return startExecuting(tx, actor, { stored, request, now: standing.now, duringFreeze });
  const closed = state === 'rejected';
  const from = { states: ['pending'], epoch: stored.epoch } as const;
  const epoch = await tx.requests.move(stored.id, from, { state, at: standing.now, closed });
  if (epoch === undefined) throw new Refusal('changed_meanwhile', { what: `request ${stored.id}` });
  return { ...request, epoch };
}
