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
