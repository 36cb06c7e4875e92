import type { Party } from '../people/actor.ts';
import type { PlanSummary } from '../plan/plan-summary.ts';
import type { PromotionWish } from '../plan/promotion-query.ts';
import type { SharedChoice } from '../plan/shared-choice.ts';
import type { ReleaseChange } from '../plan/release-change.ts';
import type { EnvironmentPolicy } from '../policy/policy.ts';
import type { RefusalCode } from '../refusal/refusal.ts';
import type { Mode, TenantEnvironment } from '../plan/scope.ts';

export const requestKinds = ['rollback', 'release', 'promotion'] as const;
export type RequestKind = (typeof requestKinds)[number];

export const requestStates = [
  'pending',
  'approved',
  'rejected',
  'executing',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;
export type RequestState = (typeof requestStates)[number];

/** `undo` takes back exactly one commit; the others restore a tenant-environment, a service or fields. */
export type RequestMode = Mode | 'undo';

/** What is asked for, as it was submitted. `selectedFields` and `keep` are as the person typed them. */
export interface RequestScope {
  readonly mode: RequestMode;
  /** Every tenant-environment that the change reaches; at least one. The strictest of their policies applies. */
  readonly where: readonly TenantEnvironment[];
  readonly service: string | undefined;
  readonly selectedFields: readonly string[];
  /** `shared` says it in full, where it is a rollback that somebody asked for since there are pins. */
  readonly includeShared: boolean;
  readonly shared?: SharedChoice | undefined;
  readonly keep: readonly string[];
  /** A rollback: patterns of fields that are held besides versions. */
  readonly hold?: readonly string[];
  /** A service that does not exist at the target may be deleted. */
  readonly allowDelete: boolean;
  /** A release: what it is to write. Absent of others, and in lists. */
  readonly changes?: readonly ReleaseChange[];
  /** A promotion: what it is to carry from where. Absent of others. */
  readonly promotion?: PromotionWish;
}

export type Decision = 'approve' | 'reject';

/** One person's vote. A void one no longer counts, and the same person may then vote again. */
export interface Review {
  readonly by: Party;
  readonly decision: Decision;
  readonly comment: string | undefined;
  /** The plan that the person looked at. */
  readonly digest: string;
  readonly at: number;
  readonly voided: { readonly at: number; readonly reason: string } | undefined;
}

export interface Note {
  readonly by: Party;
  readonly text: string;
  readonly at: number;
}

/** Why the last execution ended without a commit. */
export interface RequestFailure {
  readonly code: RefusalCode;
  readonly message: string;
  /** `execute` may be tried again; approvals are kept. */
  readonly retryable: boolean;
  /** What changed meanwhile, when that is the reason. */
  readonly paths: readonly string[];
  readonly at: number;
}

/** One attempt to carry a request out. `planned` is saved before the ref moves, so that recovery can ask Git. */
export interface Execution {
  readonly attempt: number;
  readonly startedAt: number;
  readonly planned: { readonly commit: string; readonly parent: string } | undefined;
}

/** A wish to change one or more tenant-environments, from submit to its end. Times are epoch milliseconds. */
export interface Request {
  readonly id: string;
  readonly projectId: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly scope: RequestScope;
  /** Rollback: the revision to go back to; undo: the commit to take back. */
  readonly targetSha: string | undefined;
  /** The head that was planned on at submit. */
  readonly baseSha: string;
  readonly digest: string;
  readonly plan: PlanSummary;
  readonly affectedServices: readonly string[];
  readonly justification: string;
  readonly requester: Party;
  /** Persons who shaped it: the requester, and the authors of the request it repeats. None of them approves it. */
  readonly authors: readonly string[];
  /** Pinned at submit, the strictest of all its environments; with the policy of the day, the stricter applies. */
  readonly policy: EnvironmentPolicy;
  readonly reviews: readonly Review[];
  /** The break-glass session that bypassed the approval. */
  readonly breakGlass: string | undefined;
  /** The freeze window in which it was submitted, or carried out, without waiting for its end. */
  readonly duringFreeze: string | undefined;
  readonly notes: readonly Note[];
  readonly execution: Execution | undefined;
  readonly commit: string | undefined;
  readonly error: RequestFailure | undefined;
  /** The request that this one repeats. */
  readonly resubmitOf: string | undefined;
  readonly submittedAt: number;
  readonly expiresAt: number;
  readonly updatedAt: number;
  /** When it reached a state that it cannot leave. */
  readonly closedAt: number | undefined;
}
