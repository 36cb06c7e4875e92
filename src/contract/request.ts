import { z } from 'zod';
import { carriedKinds } from '../domain/plan/carried-kinds.ts';
import { sharedChoices } from '../domain/plan/shared-choice.ts';
import { requestKinds, requestStates } from '../domain/request/request.ts';
import { breakGlassSession } from './break-glass.ts';
import { planSummary, serviceChange, showText } from './plan.ts';
import { policy } from './policy.ts';
import {
  approvers,
  digest,
  limited,
  personRef,
  revision,
  segment,
  sha,
  tenantEnvironment,
  timestamp,
} from './primitives.ts';
import { verification, verificationState } from './verification.ts';

export const requestState = z.enum(requestStates);
export const requestKind = z.enum(requestKinds);
export const mode = z.enum(['full', 'service', 'field']);

const justification = limited('justification').nullish();
const keep = z
  .array(limited('field'))
  .max(100)
  .optional()
  .describe('Patterns that are not rolled back, besides those of knowngood.yaml.');
const hold = z
  .array(limited('field'))
  .max(100)
  .optional()
  .describe(
    'Patterns of fields, such as `**#/replicas`, whose values may not come back for a while, besides images, charts and revisions.',
  );
const allowDelete = z
  .boolean()
  .optional()
  .describe('Delete a service that does not exist at the target instead of refusing.');

// The page's three inputs are optional here: their absence is answered with the page's own text, after the rights.
const rollbackFields = {
  mode,
  tenant: segment,
  environment: segment,
  service: segment.nullish(),
  selectedFields: z.array(limited('field')).max(1_000).nullish(),
  targetSha: revision.nullish(),
  includeShared: z
    .boolean()
    .optional()
    .describe('Restore changed shared paths too; every tenant-environment they reach joins the scope.'),
  shared: z
    .enum(sharedChoices)
    .optional()
    .describe(
      'What becomes of shared values that changed since: `pin` keeps them for this scope as they were (the rule in full mode, where it has an effect), `include` restores them for everybody, `leave` leaves them (the rule otherwise). Counts more than `includeShared`.',
    ),
  keep,
  hold,
  allowDelete,
  justification,
};

export const rollbackPreviewInput = z
  .strictObject({ ...rollbackFields, showText })
  .meta({ id: 'RollbackPreviewInput' });

export const rollbackInput = z
  .strictObject({
    ...rollbackFields,
    digest: digest.nullish().describe('The digest of the preview; another plan is refused with 409.'),
  })
  .meta({
    id: 'RollbackInput',
    examples: [
      {
        mode: 'service',
        tenant: 'acme',
        environment: 'production',
        service: 'api-gateway',
        targetSha: '5be0d1e7a1c04b6f8e2d3c4b5a69788796a5b4c3',
        justification: 'Bad image tag v2.1.0 causing 500 errors',
      },
    ],
  });
export type RollbackInput = z.infer<typeof rollbackInput>;

const undoFields = { commit: revision.nullish(), justification };

export const undoPreviewInput = z.strictObject({ ...undoFields, showText }).meta({ id: 'UndoPreviewInput' });
export const undoInput = z
  .strictObject({ ...undoFields, digest: digest.nullish() })
  .meta({ id: 'UndoInput' });

export const reviewInput = z
  .strictObject({
    digest: digest.nullish().describe('Required: the digest of the plan that was looked at.'),
    comment: limited('comment').nullish(),
  })
  .meta({ id: 'ReviewInput' });
export const noteInput = z.strictObject({ text: limited('note').min(1) }).meta({ id: 'NoteInput' });
export const reasonInput = z
  .strictObject({ reason: limited('justification').nullish() })
  .meta({ id: 'ReasonInput' });

export const review = z
  .object({
    by: personRef,
    decision: z.enum(['approve', 'reject']),
    comment: z.string().nullable(),
    digest,
    at: timestamp,
    voided: z
      .object({ at: timestamp, reason: z.string() })
      .nullable()
      .describe('Set when it no longer counts: the person lost the right, or the plan changed.'),
  })
  .meta({ id: 'Review' });

export const note = z.object({ by: personRef, text: z.string(), at: timestamp }).meta({ id: 'Note' });

/** What a button may do now and, when it may not, why: the same rule that the server applies. */
const permittedAction = z.object({ action: z.string(), allowed: z.boolean(), reason: z.string().nullable() });

/** A rollback, release or promotion from submission to its end. */
export const request = z
  .object({
    id: z.string().meta({ examples: ['rbk-01JD0000000000000000000000'] }),
    kind: requestKind,
    project: z.string(),
    state: requestState,
    scope: z.object({
      mode: z.enum(['full', 'service', 'field', 'undo']),
      where: z.array(tenantEnvironment).describe('Every tenant-environment that the change reaches.'),
      service: z.string().nullable(),
      from: z.string().nullable().describe('Of a promotion: the environment that things come from.'),
      promotion: z
        .object({ services: z.array(z.string()), carry: z.array(z.enum(carriedKinds)) })
        .nullable()
        .describe(
          'Of a promotion: the services and the kinds of things it was to carry; none named means all.',
        ),
      includeShared: z.boolean(),
      shared: z.enum(sharedChoices).nullable().describe('Of a rollback: what becomes of shared values.'),
      keep: z.array(z.string()),
      hold: z.array(z.string()).describe('Of a rollback: fields that it holds besides versions.'),
      allowDelete: z.boolean(),
    }),
    targetSha: sha.nullable().describe('The revision to go back to; for an undo the commit to take back.'),
    baseSha: sha.describe('The head that was planned on.'),
    justification: z.string(),
    affectedServices: z.array(z.string()),
    selectedFields: z.array(z.string()),
    requester: personRef,
    policy: policy.describe('Pinned at submit; the stricter of it and the policy of the day applies.'),
    approvalsNeeded: z.int(),
    approvers: approvers
      .nullable()
      .describe(
        'Who can still approve it: with the right at every place, and not excluded. Null when not pending.',
      ),
    reviews: z.array(review),
    approvalsCounted: z.int(),
    breakGlass: z.object({ id: z.string(), justification: z.string() }).nullable(),
    digest,
    duringFreeze: z.string().nullable().describe('The name of a freeze that did not hold it up.'),
    plan: planSummary,
    commit: sha.nullable(),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        retryable: z.boolean(),
        paths: z.array(z.string()),
        at: timestamp,
      })
      .nullable(),
    verification: verification
      .nullable()
      .describe('Of a completed request: whether it arrived in its clusters.'),
    recurring: z
      .int()
      .nullable()
      .describe('Which rollback of its tenant-environment this is within 30 days, from the third on.'),
    notes: z.array(note),
    resubmitOf: z.string().nullable(),
    resubmittedAs: z.string().nullable(),
    actions: z.array(permittedAction),
    submittedAt: timestamp,
    expiresAt: timestamp,
    updatedAt: timestamp,
    closedAt: timestamp.nullable(),
  })
  .meta({ id: 'Request' });
export type Request = z.infer<typeof request>;

/** A row of a list of requests. */
export const requestSummary = request
  .pick({
    id: true,
    kind: true,
    project: true,
    state: true,
    scope: true,
    targetSha: true,
    justification: true,
    affectedServices: true,
    requester: true,
    approvalsNeeded: true,
    approvalsCounted: true,
    commit: true,
    recurring: true,
    submittedAt: true,
    updatedAt: true,
  })
  .extend({
    breakGlass: z.boolean(),
    verification: verificationState.nullable(),
    waitsForMe: z.boolean().describe('True when the person who asks can review it.'),
  })
  .meta({ id: 'RequestSummary' });

/** One page that answers an auditor: who, why, what, approved by whom, which commit. */
export const evidence = z
  .object({
    request,
    change: z.object({
      digest,
      services: z.array(serviceChange),
      diff: z.string().describe('A unified diff; files with secrets, and what is too long, are only named.'),
      lost: z.string().nullable().describe('Why the change cannot be shown any more.'),
    }),
    commit: z
      .object({ id: sha, tree: sha, message: z.string(), author: z.string(), committer: z.string() })
      .nullable(),
    breakGlass: breakGlassSession.nullable().describe('The session that bypassed the approval.'),
    audit: z
      .array(
        z.object({
          seq: z.int(),
          at: timestamp,
          action: z.string(),
          by: personRef,
          flags: z.array(z.string()),
          prev: z.string(),
          hash: z.string(),
        }),
      )
      .describe('Its entries of the log, oldest first; `hash` covers the entry and `prev`.'),
    generatedAt: timestamp,
  })
  .meta({ id: 'Evidence' });
