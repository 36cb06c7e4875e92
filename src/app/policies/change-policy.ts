import { type Actor, personOf } from '../../domain/people/actor.ts';
import { decideApprovalGate } from '../../domain/policy/features.ts';
import { checkPolicy } from '../../domain/policy/check-policy.ts';
import type { EnvironmentPolicy, PolicyVersion } from '../../domain/policy/policy.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { recordChange } from '../audit/record-change.ts';
import { featuresNow } from '../features-now.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { listEnvironments, refuseElsewhere } from '../projects/list-environments.ts';
import { type PolicyName, type PolicyView, policyNow, viewPolicy } from './get-policy.ts';

/** The whole new policy. `version`, when given, must be the present one. */
export interface PolicyChangeInput extends PolicyName {
  readonly policy: EnvironmentPolicy;
  readonly version: number | undefined;
}

/**
 * Makes the next version of an environment's policy. Requests that are under way keep the stricter of the two. Throws
 * `policy_invalid`, `changed_meanwhile`, `environment_elsewhere`, or what the plan does not have.
 */
export async function changePolicy(hub: Hub, actor: Actor, input: PolicyChangeInput): Promise<PolicyView> {
  const { environment, policy } = input;
  const project = await findProject(hub.store, actor, input.slug);
  demandRight(actor, 'policy', { projectId: project.id, environment });
  demand(decideApprovalGate(await featuresNow(hub.store, hub.settings), policy.approvals));
  demand(checkPolicy(policy));
  refuseElsewhere(await listEnvironments(hub, project), environment);
  const saved = await hub.store.tx(async (tx) => {
    const present = await policyNow(tx, project.id, environment);
    if (input.version !== undefined && input.version !== present.version)
      throw new Refusal('changed_meanwhile', { what: `the policy of ${environment}` });
    const now = hub.clock();
    const version = present.version + 1;
    const next: PolicyVersion = { environment, version, policy, changedBy: personOf(actor), changedAt: now };
    if (!(await tx.policies.add(project.id, next)))
      throw new Refusal('changed_meanwhile', { what: `the policy of ${environment}` });
    await recordChange(tx, actor, {
      at: now,
      action: 'policy.changed',
      object: { type: 'policy', id: `${project.id}/${environment}` },
      projectId: project.id,
      details: { environment, version, before: asValue(present.policy), after: asValue(policy) },
    });
    return next;
  });
  hub.wake('outbox');
  return viewPolicy(hub.store, actor, { ...saved, project: project.slug });
}

/** A policy as an audit entry holds it: plain values only. */
function asValue({ eligible, breakGlass, freezeWindows, ...rest }: EnvironmentPolicy) {
  return {
    ...rest,
    eligible: eligible.map((set) => ({ ...set })),
    breakGlass: { ...breakGlass },
    freezeWindows: freezeWindows.map((window) => ({ ...window })),
  };
}
