import type { RequestMode } from '../request/request.ts';
import { type Verdict, allow, inOrder, refuse } from '../refusal/verdict.ts';

export const plans = ['free', 'pro', 'enterprise'] as const;
export type PlanName = (typeof plans)[number];

export const featureFlags = [
  'basic_rollback',
  'rollback',
  'selective_rollback',
  'rollback_approval',
] as const;
export type FeatureFlag = (typeof featureFlags)[number];

/** What this server may do: its plan, and which flags are on. A flag that the plan lacks is never on. */
export interface Features {
  readonly plan: PlanName;
  readonly flags: Readonly<Record<FeatureFlag, boolean>>;
}

const planFlags: Readonly<Record<PlanName, readonly FeatureFlag[]>> = {
  free: ['basic_rollback', 'rollback'],
  pro: ['basic_rollback', 'rollback', 'selective_rollback'],
  enterprise: featureFlags,
};

const modeNeeds: Readonly<Record<RequestMode, { readonly plan: PlanName; readonly flags: FeatureFlag[] }>> = {
  full: { plan: 'free', flags: ['rollback', 'basic_rollback'] },
  service: { plan: 'pro', flags: ['rollback', 'selective_rollback'] },
  undo: { plan: 'pro', flags: ['rollback', 'selective_rollback'] },
  field: { plan: 'enterprise', flags: ['rollback', 'selective_rollback'] },
};

/** The flags of a plan, less those that the operator switched off. */
export function featuresOf(plan: PlanName, switchedOff: readonly FeatureFlag[] = []): Features {
  const on = (flag: FeatureFlag): boolean => planFlags[plan].includes(flag) && !switchedOff.includes(flag);
  return {
    plan,
    flags: {
      basic_rollback: on('basic_rollback'),
      rollback: on('rollback'),
      selective_rollback: on('selective_rollback'),
      rollback_approval: on('rollback_approval'),
    },
  };
}

function decideFlag({ plan, flags }: Features, feature: FeatureFlag): Verdict {
  // A flag beyond the plan counts as off, even when somebody built such a value.
  if (!planFlags[plan].includes(feature)) return refuse('feature_off', { feature, plan });
  return flags[feature] ? allow : refuse('feature_disabled', { feature });
}

/** May rollbacks of this mode be asked for and carried out? */
export function decideMode(features: Features, mode: RequestMode): Verdict {
  const needs = modeNeeds[mode];
  const flags = inOrder(needs.flags.map((flag) => () => decideFlag(features, flag)));
  if (!flags.allowed) return flags;
  if (plans.indexOf(features.plan) >= plans.indexOf(needs.plan)) return allow;
  return refuse('mode_off', { mode, plan: features.plan, needed: needs.plan });
}

/** The modes that can be chosen, for forms and for `GET /features`. */
export const allowedModes = (features: Features): readonly RequestMode[] =>
  (Object.keys(modeNeeds) as RequestMode[]).filter((mode) => decideMode(features, mode).allowed);

/**
 * Fails closed: where approvals are needed and the approval feature is off, nothing runs, with or without
 * break-glass. It never turns "needs approval" into "runs at once".
 */
export const decideApprovalGate = (features: Features, approvals: number): Verdict =>
  approvals === 0 ? allow : decideFlag(features, 'rollback_approval');
