import type { requestOperations } from '../../contract/operations/requests.ts';
import type { submissionOperations } from '../../contract/operations/submissions.ts';
import { wirePlan } from '../../contract/plan.ts';
import type { Hub } from '../../app/hub.ts';
import { cancelRequest } from '../../app/requests/cancel-request.ts';
import { getEvidence } from '../../app/requests/get-evidence.ts';
import { executeRequest } from '../../app/requests/execute-request.ts';
import { getRequest, getRequestPlan, getRequestText } from '../../app/requests/get-request.ts';
import { listRequests } from '../../app/requests/list-requests.ts';
import { noteRequest } from '../../app/requests/note-request.ts';
import {
  previewPromotion,
  previewRelease,
  previewRollback,
  previewUndo,
} from '../../app/requests/preview-request.ts';
import {
  dryRunPromotion,
  dryRunRelease,
  dryRunRollback,
  dryRunUndo,
} from '../../app/dry-run/dry-run-wish.ts';
import { renderPromotion, renderRelease, renderRollback, renderUndo } from '../../app/render/render-wish.ts';
import { resubmitRequest } from '../../app/requests/resubmit-request.ts';
import { reviewRequest } from '../../app/requests/review-request.ts';
import {
  submitPromotion,
  submitRelease,
  submitRollback,
  submitUndo,
} from '../../app/requests/submit-request.ts';
import { viewRequest } from '../../app/requests/view-request.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { evidencePage } from '../../domain/evidence/evidence-page.ts';
import type { Request } from '../../domain/request/request.ts';
import type { HandlersOf } from '../handler.ts';
import { wireEvidence } from './wire-evidence.ts';
import { wireDryRun } from './wire-dry-run.ts';
import { wireRendered } from './wire-rendered.ts';
import { wirePreview, wireRequest, wireSummary, wireText } from './wire-request.ts';

/** The request that an address names; some addresses know rollbacks alone. */
const named = (call: { readonly params: { readonly id: string }; readonly rollbacksOnly: boolean }) => ({
  id: call.params.id,
  kind: call.rollbacksOnly ? ('rollback' as const) : undefined,
});

/** `undefined` for what the wire may give as null. */
const given = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

const isOn = (flag: 'true' | 'false' | undefined): boolean => flag === 'true';

/** Operations on requests, over the use cases of a hub. */
export function requestHandlers(hub: Hub): HandlersOf<typeof requestOperations> {
  const shown = async (actor: Actor, request: Promise<Request>) =>
    wireRequest(await viewRequest(hub, actor, await request));
  return {
    listRequests: async ({ actor, query, rollbacksOnly }) => {
      const { mine, waitsForMe, kind, ...rest } = query;
      const only = rollbacksOnly ? ('rollback' as const) : kind;
      const flags = { mine: isOn(mine), waitsForMe: isOn(waitsForMe) };
      const { requests, nextCursor } = await listRequests(hub, actor, { ...rest, ...flags, kind: only });
      return { items: requests.map(wireSummary), nextCursor: nextCursor ?? null };
    },
    getRequest: async (call) => wireRequest(await getRequest(hub, call.actor, named(call))),
    getRequestPlan: async (call) => {
      const { plan, digest } = await getRequestPlan(hub, call.actor, named(call));
      return wirePlan(plan, digest);
    },
    getRequestText: async (call) =>
      wireText(await getRequestText(hub, call.actor, { ...named(call), path: call.query.path })),
    approveRequest: (call) => {
      const { digest, comment } = call.body;
      const vote = { decision: 'approve', digest: given(digest), comment: given(comment) } as const;
      return shown(call.actor, reviewRequest(hub, call.actor, { ...named(call), ...vote }));
    },
    rejectRequest: (call) => {
      const { digest, comment } = call.body;
      const vote = { decision: 'reject', digest: given(digest), comment: given(comment) } as const;
      return shown(call.actor, reviewRequest(hub, call.actor, { ...named(call), ...vote }));
    },
    executeRequest: (call) => shown(call.actor, executeRequest(hub, call.actor, named(call))),
    cancelRequest: (call) => {
      const input = { ...named(call), reason: given(call.body.reason) };
      return shown(call.actor, cancelRequest(hub, call.actor, input));
    },
    resubmitRequest: (call) => {
      const input = { ...named(call), reason: given(call.body.reason) };
      return shown(call.actor, resubmitRequest(hub, call.actor, input));
    },
    addNote: (call) => {
      const input = { ...named(call), text: call.body.text };
      return shown(call.actor, noteRequest(hub, call.actor, input));
    },
    getEvidence: async (call) => wireEvidence(await getEvidence(hub, call.actor, named(call))),
    getEvidencePage: async (call) => {
      const { evidence } = await getEvidence(hub, call.actor, named(call));
      const name = `evidence-${evidence.request.id}.md`;
      return { type: 'text/markdown; charset=utf-8', name, body: evidencePage(evidence) };
    },
  };
}

/** What starts a request: look first, then submit. */
export function submissionHandlers(hub: Hub): HandlersOf<typeof submissionOperations> {
  const shown = async (actor: Actor, request: Promise<Request>) =>
    wireRequest(await viewRequest(hub, actor, await request));
  return {
    previewRollback: async ({ actor, params, body }) =>
      wirePreview(await previewRollback(hub, actor, { ...body, ...params })),
    renderRollback: async ({ actor, params, body }) =>
      wireRendered(await renderRollback(hub, actor, { ...body, ...params })),
    dryRunRollback: async ({ actor, params, body }) =>
      wireDryRun(await dryRunRollback(hub, actor, { ...body, ...params })),
    submitRollback: ({ actor, params, body }) =>
      shown(actor, submitRollback(hub, actor, { ...body, ...params })),
    previewUndo: async ({ actor, params, body }) =>
      wirePreview(await previewUndo(hub, actor, { ...body, ...params })),
    renderUndo: async ({ actor, params, body }) =>
      wireRendered(await renderUndo(hub, actor, { ...body, ...params })),
    dryRunUndo: async ({ actor, params, body }) =>
      wireDryRun(await dryRunUndo(hub, actor, { ...body, ...params })),
    submitUndo: ({ actor, params, body }) => shown(actor, submitUndo(hub, actor, { ...body, ...params })),
    previewRelease: async ({ actor, params, body }) =>
      wirePreview(await previewRelease(hub, actor, { ...body, ...params })),
    renderRelease: async ({ actor, params, body }) =>
      wireRendered(await renderRelease(hub, actor, { ...body, ...params })),
    dryRunRelease: async ({ actor, params, body }) =>
      wireDryRun(await dryRunRelease(hub, actor, { ...body, ...params })),
    submitRelease: ({ actor, params, body }) =>
      shown(actor, submitRelease(hub, actor, { ...body, ...params })),
    previewPromotion: async ({ actor, params, body }) =>
      wirePreview(await previewPromotion(hub, actor, { ...body, ...params })),
    renderPromotion: async ({ actor, params, body }) =>
      wireRendered(await renderPromotion(hub, actor, { ...body, ...params })),
    dryRunPromotion: async ({ actor, params, body }) =>
      wireDryRun(await dryRunPromotion(hub, actor, { ...body, ...params })),
    submitPromotion: ({ actor, params, body }) =>
      shown(actor, submitPromotion(hub, actor, { ...body, ...params })),
  };
}
