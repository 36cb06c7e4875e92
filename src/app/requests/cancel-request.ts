import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { cancelRequest as cancelled } from '../../domain/request/request-life.ts';
import { limitText } from '../../domain/text-limits.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { aboutRequest } from './about-request.ts';
import { type RequestName, findRequest } from './find-request.ts';

export interface CancelInput extends RequestName {
  readonly reason: string | undefined;
}

/** Withdraws a request that nobody is carrying out. Throws what forbids it. */
export async function cancelRequest(hub: Hub, actor: Actor, input: CancelInput): Promise<StoredRequest> {
  const saved = await hub.store.tx(async (tx) => {
    const stored = await findRequest(tx, actor, input);
    const now = hub.clock();
    const request = cancelled(stored, actor, now);
    demand(limitText('justification', input.reason ?? ''));
    const from = { states: [stored.state], epoch: stored.epoch };
    const epoch = await tx.requests.move(stored.id, from, { state: 'cancelled', at: now, closed: true });
    if (epoch === undefined) throw new Refusal('changed_meanwhile', { what: `request ${stored.id}` });
    await recordChange(tx, actor, {
      ...aboutRequest(stored),
      at: now,
      action: 'request.cancelled',
      details: { from: stored.state, reason: input.reason ?? null },
    });
    return { ...request, epoch };
  });
  hub.wake('outbox');
  return saved;
}
