import { goesBehindIrreversible } from '../plan/irreversible.ts';
import type { PlanSummary } from '../plan/plan-summary.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';

/**
 * What a policy asks of this plan: where it goes back behind a commit that says it cannot be taken back, one approval
 * more, and each by somebody else than the authors.
 */
export const policyFor = (
  { hazards }: Pick<PlanSummary, 'hazards'>,
  policy: EnvironmentPolicy,
): EnvironmentPolicy =>
  goesBehindIrreversible(hazards)
    ? { ...policy, approvals: policy.approvals + 1, selfApproval: false }
    : policy;
