import { type Actor, partyOf, personOf } from '../people/actor.ts';
import { type Opening, decideFeatures, openingOf } from './approval.ts';
import type { PlanSummary } from '../plan/plan-summary.ts';
import { strictest } from '../policy/policy.ts';
import { decideState } from './request-action.ts';
import type { Request, RequestKind, RequestScope } from './request.ts';
import { decide, decideAll } from '../people/rights.ts';
import { policyFor } from './second-approver.ts';
import { limitText, requireText } from '../text-limits.ts';
import { type Verdict, allow, demand, inOrder, refuse } from '../refusal/verdict.ts';
import { type Standing, placesOf } from './votes.ts';

/** What somebody asks for. The texts are as they came in: they may be missing, and the page's words answer. */
export interface Submission {
  readonly projectId: string;
  readonly kind: RequestKind;
  readonly scope: RequestScope;
  readonly targetSha: string | undefined;
  readonly justification: string | undefined;
  /** The plan that the person looked at, when the client sends it. */
  readonly digest: string | undefined;
  /** The request that this one repeats. */
  readonly resubmitOf: Request | undefined;
}

/** The plan as it was computed for a submission. */
export interface PlannedRequest {
  readonly id: string;
  readonly baseSha: string;
  readonly digest: string;
  readonly plan: PlanSummary;
}

const decideTarget = ({ kind, targetSha }: Submission): Verdict =>
  kind === 'rollback' && !targetSha?.trim() ? refuse('target_sha_required') : allow;

function decideSelection({ kind, scope }: Submission): Verdict {
  if (kind === 'release' && (scope.changes ?? []).length === 0) return refuse('release_empty');
  if (kind === 'promotion' && scope.promotion === undefined)
    return refuse('field_missing', { field: 'from' });
  if (scope.mode === 'field' && scope.selectedFields.length === 0) return refuse('empty_field_selection');
  const narrow = scope.mode === 'service' || scope.mode === 'field';
  if (narrow && !scope.service?.trim()) return refuse('field_missing', { field: 'service' });
  const texts = [...scope.selectedFields, ...scope.keep, ...(scope.hold ?? [])];
  return inOrder(texts.map((field) => () => limitText('field', field)));
}

/** Who carries something from an environment gets to see it. */
function decideSource(actor: Actor, { projectId, scope: { where, promotion } }: Submission): Verdict {
  const [to] = where;
  if (!promotion || !to) return allow;
  return decide(actor, 'preview', { projectId, tenant: to.tenant, environment: promotion.from });
}

/** What a preview needs: the right, the plan, and a complete question. */
export const decidePreview = (
  actor: Actor,
  submission: Submission,
  standing: Pick<Standing, 'features'>,
): Verdict =>
  inOrder([
    () => decideAll(actor, 'preview', placesOf(submission)),
    () => decideSource(actor, submission),
    () => decideFeatures(submission.kind, submission.scope, 0, standing),
    () => decideTarget(submission),
    () => decideSelection(submission),
  ]);

/** May this be submitted? Asked in the documented order, before anything is planned: right, plan, missing input. */
export const decideSubmission = (
  actor: Actor,
  submission: Submission,
  standing: Pick<Standing, 'features' | 'policies'>,
): Verdict =>
  inOrder([
    () => decideAll(actor, 'request', placesOf(submission)),
    () => decideSource(actor, submission),
    () => decideFeatures(submission.kind, submission.scope, strictest(standing.policies).approvals, standing),
    () => decideTarget(submission),
    () => decideSelection(submission),
    () => requireText('justification', submission.justification),
    () => (submission.resubmitOf ? decideState(submission.resubmitOf, 'resubmit') : allow),
  ]);

const HOUR = 3_600_000;

/** The request that a submission and its plan become, and what happens to it next. Throws what forbids it. */
export function submitRequest(
  actor: Actor,
  submission: Submission,
  planned: PlannedRequest,
  standing: Standing,
): { readonly request: Request; readonly opening: Opening } {
  const policies = standing.policies.map((each) => policyFor(planned.plan, each));
  const asked = { ...standing, policies };
  demand(decideSubmission(actor, submission, asked));
  if (submission.digest && submission.digest !== planned.digest) demand(refuse('digest_stale'));
  const policy = strictest(policies);
  const opening = openingOf(submission, actor, asked);
  const { now } = standing;
  const request: Request = {
    ...planned,
    projectId: submission.projectId,
    kind: submission.kind,
    scope: submission.scope,
    state: opening.state,
    targetSha: submission.targetSha,
    affectedServices: planned.plan.services.flatMap(({ service }) => service ?? []),
    justification: (submission.justification ?? '').trim(),
    requester: partyOf(actor),
    authors: [...new Set([personOf(actor), ...(submission.resubmitOf?.authors ?? [])])],
    policy,
    reviews: [],
    breakGlass: opening.breakGlass,
    duringFreeze: opening.duringFreeze,
    notes: [],
    execution: undefined,
    commit: undefined,
    error: undefined,
    resubmitOf: submission.resubmitOf?.id,
    submittedAt: now,
    expiresAt: now + policy.expiryHours * HOUR,
    updatedAt: now,
    closedAt: undefined,
  };
  return { request, opening };
}
