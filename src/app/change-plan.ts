import type { Actor } from '../domain/actor.ts';
import type { Features, PlanName } from '../domain/features.ts';
import { demandRight } from '../domain/rights.ts';
import { recordChange } from './audit/record-change.ts';
import { featuresNow, planSetting } from './features-now.ts';
import type { Hub } from './hub.ts';

/** Changes the plan. Requests that are under way are judged by the new one at their next step. */
export async function changePlan(hub: Hub, actor: Actor, plan: PlanName): Promise<Features> {
  demandRight(actor, 'plan');
  return hub.store.tx(async (tx) => {
    const before = await featuresNow(tx, hub.settings);
    if (before.plan === plan) return before;
    await tx.settings.set(planSetting, plan);
    await recordChange(tx, actor, {
      at: hub.clock(),
      action: 'plan.changed',
      object: { type: 'instance', id: 'plan' },
      details: { before: before.plan, after: plan },
    });
    return featuresNow(tx, hub.settings);
  });
}
