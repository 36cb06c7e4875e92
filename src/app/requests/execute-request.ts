import type { Actor } from '../../domain/people/actor.ts';
import { decideFeatures } from '../../domain/request/approval.ts';
import { checkExecution } from '../../domain/request/execution.ts';
import { pageRefusal } from '../../domain/refusal/page-refusal.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { decideExecute, reopenRequest } from '../../domain/request/request-life.ts';
import { decideAll } from '../../domain/people/rights.ts';
import { demand, inOrder } from '../../domain/refusal/verdict.ts';
import { countVotes, placesOf } from '../../domain/request/votes.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import { type ExecutionResult, carryOut } from './carry-out.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { saveReopened } from './save-reopened.ts';
import { standingReader } from './standing-reader.ts';
import { startExecuting } from './start-executing.ts';

/**
 * Carries out an approved request, or tries a failed one again with its approvals. Throws what forbids it; when its
 * approvals do not hold any more, it waits for approvals again and this throws `quorum_missing`.
 */
export async function executeRequest(hub: Hub, actor: Actor, name: RequestName): Promise<StoredRequest> {
  await findRequest(hub.store, actor, name);
  const start = await hub.store.tx((tx) => begin(hub, actor, tx, name));
  hub.wake('outbox');
  if (start.refusal) throw start.refusal;
  const { request, before } = start;
  const result = await carryOut(hub, request, { before });
  return completedOrThrow(result);
}

/** The completed request; throws what stopped it, in the page's words where approvals were kept. */
export function completedOrThrow({ request, refusal }: ExecutionResult): StoredRequest {
  if (!refusal) return request;
  const technical = refusal.kind === 'unavailable' || refusal.kind === 'failed' || !isAboutRequest(refusal);
  if (!technical || !request.reviews.some(({ decision }) => decision === 'approve')) throw refusal;
  const { code, facts, details } = pageRefusal('execution_failed', request.kind);
  const reason = { requestId: request.id, reason: refusal.message, code: refusal.code };
  throw Object.assign(new Refusal(code, facts, { ...details, ...reason }), { cause: refusal });
}

/** Refusals that are about the request itself, and no failure to commit it. */
const isAboutRequest = ({ code }: Refusal): boolean =>
  ['scope_moved', 'quorum_missing', 'changed_meanwhile', 'freeze_window'].includes(code);

type Start =
  | { readonly refusal: Refusal }
  | { readonly refusal?: undefined; readonly request: StoredRequest; readonly before: readonly string[] };

async function begin(hub: Hub, actor: Actor, tx: TransactionTables, name: RequestName): Promise<Start> {
  const stored = await findRequest(tx, actor, name);
  const standing = await standingReader(hub, tx).ofRequest(stored);
  const { now } = standing;
  demand(
    inOrder([
      () => decideAll(actor, 'execute', placesOf(stored)),
      () => decideFeatures(stored.kind, stored.scope, countVotes(stored, standing).needed, standing),
      () => decideExecute(stored, actor, now),
    ]),
  );
  const check = checkExecution(stored, standing);
  if (check.kind === 'refuse') throw check.refusal;
  if (check.kind === 'reopen') {
    const { refusal, uncounted } = check;
    await saveReopened(tx, actor, {
      before: stored,
      reopened: reopenRequest(stored, uncounted, now),
      uncounted,
    });
    return { refusal };
  }
  const { duringFreeze } = check;
  const planned = stored.execution?.planned;
  return {
    request: await startExecuting(tx, actor, { stored, request: stored, now, duringFreeze }),
    before: planned ? [planned.commit] : [],
  };
}
