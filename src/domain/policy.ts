import type { FreezeWindow } from './freeze-window.ts';

/** Who counts as an approver: any of these people, and any member of these groups. */
export interface ApproverSet {
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

export type ExecutionMode = 'automatic' | 'manual';
export type BreakGlassRole = 'admin' | 'owner';

export interface BreakGlassRule {
  /** Empty: no break-glass here. */
  readonly roles: readonly BreakGlassRole[];
  /** The longest a session counts here. */
  readonly minutes: number;
  /** A session whose review is open for longer blocks the next one of that person. */
  readonly reviewDays: number;
}

/** What one environment asks for before a change of it is carried out. */
export interface EnvironmentPolicy {
  readonly approvals: number;
  /** An approver has to be in every one of these sets; with none, whoever has the right to approve counts. */
  readonly eligible: readonly ApproverSet[];
  /** The requester's own approval counts. */
  readonly selfApproval: boolean;
  /** `automatic`: executed by the approval that completes the quorum. */
  readonly execution: ExecutionMode;
  /** Hours from submit until a request that is still pending or approved expires. */
  readonly expiryHours: number;
  readonly breakGlass: BreakGlassRule;
  readonly freezeWindows: readonly FreezeWindow[];
  /** Rollbacks run in a freeze too, and are flagged. */
  readonly rollbackExempt: boolean;
  /** The own and generated paths of the environment take no direct push. */
  readonly pushProtection: boolean;
  /** Neither do shared paths that it reads. */
  readonly sharedPushProtection: boolean;
  /** Hours for which whoever changed the policy cannot approve under it. */
  readonly changerWaitHours: number;
}

/** A policy as it is stored. Each change makes the next version; version 0 is the default, changed by nobody. */
export interface PolicyVersion {
  readonly environment: string;
  readonly version: number;
  readonly policy: EnvironmentPolicy;
  /** The person who made this version, and when, in epoch milliseconds. */
  readonly changedBy: string | undefined;
  readonly changedAt: number;
}

export const defaultPolicy: EnvironmentPolicy = {
  approvals: 0,
  eligible: [],
  selfApproval: false,
  execution: 'automatic',
  expiryHours: 24,
  breakGlass: { roles: ['admin', 'owner'], minutes: 60, reviewDays: 7 },
  freezeWindows: [],
  rollbackExempt: true,
  pushProtection: false,
  sharedPushProtection: false,
  changerWaitHours: 24,
};
