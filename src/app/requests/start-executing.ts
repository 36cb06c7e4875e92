import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import { startExecution } from '../../domain/request/request-life.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { aboutRequest } from './about-request.ts';
import { flagsOf } from './complete-execution.ts';

/** What is moved to executing: as it was stored, and as it is after this transaction's other changes. */
export interface Starting {
  readonly stored: StoredRequest;
  readonly request: Request;
  readonly now: number;
  /** The freeze window that holds now. */
  readonly duringFreeze: string | undefined;
}

/**
 * Saves that a request is being executed. What an earlier attempt had planned stays written down until this one plans,
 * so that recovery asks Git about it.
 */
export async function startExecuting(
  tx: TransactionTables,
  actor: Actor,
  { stored, request, now, duringFreeze }: Starting,
): Promise<StoredRequest> {
  const started = startExecution(request, now, duringFreeze);
  const attempt = started.execution?.attempt ?? 1;
  const from = { states: [stored.state], epoch: stored.epoch };
  const marks = { error: undefined, duringFreeze: started.duringFreeze };
  const to = { state: 'executing', at: now, attempt, startedAt: now, ...marks } as const;
  const epoch = await tx.requests.move(stored.id, from, to);
  if (epoch === undefined) throw new Refusal('changed_meanwhile', { what: `request ${stored.id}` });
  await recordChange(tx, actor, {
    ...aboutRequest(request),
    at: now,
    action: 'request.executing',
    flags: flagsOf(started),
    details: { attempt },
  });
  return { ...started, epoch };
}
