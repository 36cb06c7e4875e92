import type { Actor } from '../../domain/people/actor.ts';
import type { Features, PlanName } from '../../domain/policy/features.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { featuresNow, planSetting } from '../features-now.ts';
import type { Hub } from '../hub.ts';

/** Sets the plan of this instance and answers what it allows. It counts from the next step of every request on. */
export async function changePlan(hub: Hub, actor: Actor, plan: PlanName): Promise<Features> {
  demandRight(actor, 'plan');
  await hub.store.tx(async (tx) => {
    const before = await featuresNow(tx, hub.settings);
    if (before.plan === plan) return;
    await tx.settings.set(planSetting, plan);
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'plan.changed',
      object: { type: 'instance', id: 'plan' },
      details: { from: before.plan, to: plan },
    });
  });
  hub.wake('outbox');
  return featuresNow(hub.store, hub.settings);
}
