import { isOverdue } from '../../domain/request/request-action.ts';
import { expireRequest } from '../../domain/request/request-life.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { aboutRequest } from './about-request.ts';

const BATCH = 100;

/** Expires pending and approved requests whose time is over; how many. */
export async function expireRequests(hub: Hub): Promise<number> {
  let expired = 0;
  for (;;) {
    const overdue = await hub.store.requests.expired(hub.clock(), BATCH);
    for (const { id } of overdue) expired += (await expireOne(hub, id)) ? 1 : 0;
    if (overdue.length < BATCH) break;
  }
  if (expired > 0) hub.wake('outbox');
  return expired;
}

/** False when somebody moved it meanwhile. */
const expireOne = (hub: Hub, id: string): Promise<boolean> =>
  hub.store.tx(async (tx) => {
    const stored = await tx.requests.get(id);
    const now = hub.clock();
    if (!stored || !isOverdue(stored, now)) return false;
    const { state } = expireRequest(stored, now);
    const from = { states: [stored.state], epoch: stored.epoch };
    if ((await tx.requests.move(id, from, { state, at: now, closed: true })) === undefined) return false;
    const change = { ...aboutRequest(stored), at: now, action: 'request.expired' } as const;
    await recordChange(tx, systemActor, { ...change, details: { from: stored.state } });
    return true;
  });
