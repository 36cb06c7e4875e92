import type { Regeneration } from '../../domain/plan/regeneration.ts';
import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { Preview } from '../../contract/plan.ts';
import { wirePlan } from '../../contract/plan.ts';
import { isoTime } from '../../std/iso-time.ts';
import { presses } from '../../domain/request/request-outlook.ts';
import type { PreviewResult } from '../../app/requests/preview-request.ts';
import type { ShownText } from '../../app/requests/shown-text.ts';
import { type RequestView, waitsFor } from '../../app/requests/view-request.ts';
import { wireApprovers, wireParty } from './wire-person.ts';
import { wirePolicy } from './wire-policy.ts';
import { wireClusterNote, wireVerification } from './wire-verification.ts';

type Wire = ResultOf<'getRequest'>;
type Summary = ResultOf<'listRequests'>['items'][number];

/** What a list and a single request have in common. */
function wireCommon(view: RequestView): Omit<Summary, 'breakGlass' | 'waitsForMe' | 'verification'> {
  const { request, project, needed, counted, accounts } = view;
  const { scope, requester } = request;
  return {
    id: request.id,
    kind: request.kind,
    project,
    state: request.state,
    scope: {
      mode: scope.mode,
      where: [...scope.where],
      service: scope.service ?? null,
      from: scope.promotion?.from ?? null,
      promotion: scope.promotion
        ? { services: [...scope.promotion.services], carry: [...scope.promotion.carry] }
        : null,
      includeShared: scope.includeShared,
      shared: scope.shared ?? null,
      keep: [...scope.keep],
      hold: [...(scope.hold ?? [])],
      allowDelete: scope.allowDelete,
    },
    targetSha: request.targetSha ?? null,
    justification: request.justification,
    affectedServices: [...request.affectedServices],
    requester: wireParty(requester, accounts.get(requester.accountId)),
    approvalsNeeded: needed,
    approvalsCounted: counted,
    commit: request.commit ?? null,
    recurring: view.recurring ?? null,
    submittedAt: wireTime(request.submittedAt),
    updatedAt: wireTime(request.updatedAt),
  };
}

/** A row of a list. */
export const wireSummary = (view: RequestView): Summary => ({
  ...wireCommon(view),
  breakGlass: view.request.breakGlass !== undefined,
  verification: view.verification?.state ?? null,
  waitsForMe: waitsFor(view),
});

const wireVotes = ({ request, accounts }: RequestView): Pick<Wire, 'reviews' | 'notes'> => ({
  reviews: request.reviews.map(({ by, decision, comment, digest, at, voided }) => ({
    by: wireParty(by, accounts.get(by.accountId)),
    decision,
    comment: comment ?? null,
    digest,
    at: wireTime(at),
    voided: voided ? { at: wireTime(voided.at), reason: voided.reason } : null,
  })),
  notes: request.notes.map(({ by, text, at }) => ({
    by: wireParty(by, accounts.get(by.accountId)),
    text,
    at: wireTime(at),
  })),
});

/** A request with everything that is known of it. */
export function wireRequest(view: RequestView): Wire {
  const { request, session, actions } = view;
  const { error, plan } = request;
  return {
    ...wireCommon(view),
    ...wireVotes(view),
    baseSha: request.baseSha,
    selectedFields: [...request.scope.selectedFields],
    policy: wirePolicy(request.policy),
    approvers: wireApprovers(view.approvers),
    breakGlass:
      request.breakGlass === undefined
        ? null
        : { id: request.breakGlass, justification: session?.justification ?? '' },
    digest: request.digest,
    duringFreeze: request.duringFreeze ?? null,
    plan: {
      ...plan,
      services: plan.services.map((service) => ({ ...service, changes: [...service.changes] })),
      hazards: plan.hazards.map((hazard) => ({ ...hazard, paths: [...hazard.paths] })),
      pins: (plan.pins ?? []).map(({ address = null, ...pin }) => ({ ...pin, address })),
    },
    error: error ? { ...error, paths: [...error.paths], at: wireTime(error.at) } : null,
    verification: wireVerification(view.verification),
    resubmitOf: request.resubmitOf ?? null,
    resubmittedAs: view.resubmittedAs ?? null,
    actions: presses.map((action) => ({
      action,
      allowed: actions[action].allowed,
      reason: actions[action].refusal?.message ?? null,
    })),
    expiresAt: wireTime(request.expiresAt),
    closedAt: wireTimeOrNull(request.closedAt),
  };
}

const wireRegeneration = ({ exact, differs }: Regeneration): NonNullable<Preview['regeneration']> => ({
  exact,
  differs: differs.map(({ service, reasons }) => ({ service, reasons: [...reasons] })),
});

/** A changed file with its texts. */
export const wireText = ({ path, before, after, opaque }: ShownText): NonNullable<Preview['text']> => ({
  path,
  before: before ?? null,
  after: after ?? null,
  opaque: opaque ?? null,
});

/** A preview as it goes over the wire. Secret values stay behind. */
export const wirePreview = (preview: PreviewResult): Preview => ({
  plan: wirePlan(preview.plan, preview.digest),
  outcome: preview.outcome,
  reason: preview.reason?.message ?? null,
  reasonCode: preview.reason?.code ?? null,
  approvalsNeeded: preview.approvalsNeeded,
  approvers: wireApprovers(preview.approvers),
  freeze: preview.freeze
    ? {
        name: preview.freeze.window.name,
        until: isoTime(preview.freeze.until),
        exempt: preview.freeze.exempt,
      }
    : null,
  openRequests: preview.openRequests.map(({ id, state, paths }) => ({ id, state, paths: [...paths] })),
  clusterNotes: preview.clusterNotes.map(wireClusterNote),
  commitMessage: preview.commitMessage,
  text: preview.text ? wireText(preview.text) : null,
  regeneration: preview.regeneration ? wireRegeneration(preview.regeneration) : null,
});
