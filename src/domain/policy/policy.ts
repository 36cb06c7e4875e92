import { invariant } from '../../std/invariant.ts';
import type { FreezeWindow } from './freeze-window.ts';

/** Who counts as an approver: any of these people, and any member of these groups. */
export interface ApproverSet {
  readonly people: readonly string[];
  readonly groups: readonly string[];
}

export type ExecutionMode = 'automatic' | 'manual';
export type BreakGlassRole = 'admin' | 'owner';

/**
 * What the agents of clusters are asked for after a commit: nothing; that Argo CD looks at Git at once; or a sync too,
 * of Applications that it does not sync by itself.
 */
export const nudges = ['none', 'refresh', 'sync'] as const;
export type Nudge = (typeof nudges)[number];

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
  readonly nudge: Nudge;
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
  nudge: 'none',
};

/** A change of a policy, as far as approving under it is concerned: whose, and when. */
export interface PolicyChange {
  readonly environment: string;
  readonly personId: string;
  readonly at: number;
}

const setKey = (set: ApproverSet): string => JSON.stringify([set.people.toSorted(), set.groups.toSorted()]);
const windowKey = (window: FreezeWindow): string =>
  JSON.stringify([
    window.kind,
    window.name,
    window.from,
    window.to,
    window.kind === 'weekly' && window.offset,
  ]);

/** Both lists without repetition, in an order that does not depend on which came first. */
function union<Item>(a: readonly Item[], b: readonly Item[], key: (item: Item) => string): readonly Item[] {
  const all = new Map([...a, ...b].map((item) => [key(item), item]));
  return [...all].toSorted(([x], [y]) => (x < y ? -1 : 1)).map(([, item]) => item);
}

const stricterBreakGlass = (a: BreakGlassRule, b: BreakGlassRule): BreakGlassRule => ({
  roles: a.roles.filter((role) => b.roles.includes(role)).toSorted(),
  minutes: Math.min(a.minutes, b.minutes),
  reviewDays: Math.min(a.reviewDays, b.reviewDays),
});

/** The policy that asks for everything that either asks for. */
export const stricter = (a: EnvironmentPolicy, b: EnvironmentPolicy): EnvironmentPolicy => ({
  approvals: Math.max(a.approvals, b.approvals),
  eligible: union(a.eligible, b.eligible, setKey),
  selfApproval: a.selfApproval && b.selfApproval,
  execution: a.execution === 'manual' || b.execution === 'manual' ? 'manual' : 'automatic',
  expiryHours: Math.min(a.expiryHours, b.expiryHours),
  breakGlass: stricterBreakGlass(a.breakGlass, b.breakGlass),
  freezeWindows: union(a.freezeWindows, b.freezeWindows, windowKey),
  rollbackExempt: a.rollbackExempt && b.rollbackExempt,
  pushProtection: a.pushProtection || b.pushProtection,
  sharedPushProtection: a.sharedPushProtection || b.sharedPushProtection,
  changerWaitHours: Math.max(a.changerWaitHours, b.changerWaitHours),
  nudge: nudges[Math.min(nudges.indexOf(a.nudge), nudges.indexOf(b.nudge))] ?? 'none',
});

/** The strictest of several, such as those of all environments that a change reaches. */
export function strictest(policies: readonly EnvironmentPolicy[]): EnvironmentPolicy {
  const [first, ...rest] = policies;
  invariant(first !== undefined, 'a change reaches at least one environment');
  return rest.reduce(stricter, first);
}

/** True when somebody with this id and these groups is in every set. */
export const isEligible = (
  policy: Pick<EnvironmentPolicy, 'eligible'>,
  personId: string,
  groups: readonly string[],
): boolean =>
  policy.eligible.every(
    (set) => set.people.includes(personId) || set.groups.some((group) => groups.includes(group)),
  );
