import { type Hold, holdState } from '../../domain/hold/hold.ts';
import { type Actor, partyOf } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { findHold } from './find-hold.ts';

export interface LiftInput {
  readonly id: string;
  readonly reason: string;
}

/** Lets a held value come back, for a reason. Throws `not_visible`, `field_missing` or `hold_ended`. */
export async function liftHold(hub: Hub, actor: Actor, { id, reason }: LiftInput): Promise<Hold> {
  const why = reason.trim();
  if (why === '') throw new Refusal('field_missing', { field: 'reason' });
  const lifted = await hub.store.tx(async (tx) => {
    const hold = await findHold(tx, actor, id);
    const { projectId, tenant, environment, requestId } = hold;
    demand(decide(actor, 'lift_hold', { projectId, tenant, environment }));
    const now = hub.clock();
    const state = holdState(hold, now);
    const lift = { at: now, by: partyOf(actor), reason: why };
    if (state !== 'in_force' || !(await tx.holds.lift(id, lift)))
      throw new Refusal('hold_ended', { reason: state === 'expired' ? 'its time has come' : 'it is lifted' });
    await recordChange(tx, actor, {
      at: now,
      action: 'hold.lifted',
      object: { type: 'hold', id },
      projectId,
      requestId,
      details: { holds: [id], address: hold.address, reason: why },
    });
    return { ...hold, lifted: lift };
  });
  hub.wake('outbox');
  return lifted;
}
