import { basisOf } from '../../domain/request/approval.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { RequestFailure } from '../../domain/request/request.ts';
import { failRequest, reopenRequest } from '../../domain/request/request-life.ts';
import { countVotes } from '../../domain/request/votes.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { aboutRequest } from './about-request.ts';
import type { ExecutionResult } from './carry-out.ts';
import { saveReopened } from './save-reopened.ts';
import { standingReader } from './standing-reader.ts';

/** Why nothing was published. Without a refusal: because what allowed it is gone. */
export interface Stop {
  readonly refusal: Refusal | undefined;
  readonly retryable: boolean;
}

/** Ends an execution that published nothing: failed, or waiting for approvals again when those do not hold any more. */
export async function failExecution(hub: Hub, request: StoredRequest, stop: Stop): Promise<ExecutionResult> {
  const result = await hub.store.tx((tx) => save(hub, tx, { request, stop }));
  await failPoint('app.request.failed');
  return result;
}

interface Failing {
  readonly request: StoredRequest;
  readonly stop: Stop;
}

async function save(hub: Hub, tx: TransactionTables, { request, stop }: Failing): Promise<ExecutionResult> {
  const present = await tx.requests.get(request.id);
  if (present?.state !== 'executing' || present.epoch !== request.epoch)
    return {
      request: present ?? request,
      refusal: new Refusal('changed_meanwhile', { what: `request ${request.id}` }),
    };
  const standing = await standingReader(hub, tx).ofRequest(present);
  const gone = stop.refusal === undefined && !basisOf(present, standing);
  const { counted, needed, uncounted } = countVotes(present, standing);
  const refusal =
    stop.refusal ??
    (gone
      ? new Refusal('quorum_missing', { kind: present.kind, counted: counted.length, needed })
      : new Refusal('execution_interrupted'));
  const failed = failRequest(present, failureOf(refusal, stop.retryable, standing.now), standing.now);
  const from = { states: ['executing'], epoch: present.epoch } as const;
  const epoch = await tx.requests.move(present.id, from, {
    state: 'failed',
    at: standing.now,
    error: failed.error,
  });
  await recordChange(tx, systemActor, {
    ...aboutRequest(present),
    at: standing.now,
    action: 'request.failed',
    details: {
      code: refusal.code,
      message: refusal.message,
      retryable: stop.retryable,
      paths: pathsOf(refusal),
    },
  });
  const stored = { ...failed, epoch: epoch ?? present.epoch };
  if (!gone) return { request: stored, refusal: withRequest(refusal, present.id) };
  const reopened = reopenRequest(stored, uncounted, standing.now);
  return {
    request: await saveReopened(tx, systemActor, { before: stored, reopened, uncounted }),
    refusal: withRequest(refusal, present.id),
  };
}

const pathsOf = ({ details }: Refusal): readonly string[] => {
  const { paths } = details;
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
};

const failureOf = (refusal: Refusal, retryable: boolean, at: number): RequestFailure => ({
  code: refusal.code,
  message: refusal.message,
  retryable,
  paths: pathsOf(refusal),
  at,
});

/** The same refusal, saying which request it is about: who submitted it has no other way to learn its id. */
const withRequest = (refusal: Refusal, requestId: string): Refusal =>
  Object.assign(new Refusal(refusal.code, refusal.facts, { ...refusal.details, requestId }), {
    cause: refusal.cause,
  });
