import { z } from 'zod';
import type { Pin } from '../domain/pin/pin.ts';
import type {
  Kept,
  Plan as DomainPlan,
  PlannedField,
  PlannedFile,
  ServiceChange,
} from '../domain/plan/plan.ts';
import { approvers, digest, sha, tenantEnvironment, timestamp } from './primitives.ts';
import { syncObstacle } from './verification.ts';

const entryState = z.object({ mode: z.string(), oid: sha });

export const plannedFile = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'modified', 'deleted', 'mode']),
    before: entryState.nullable(),
    after: entryState.nullable(),
  })
  .meta({ id: 'PlannedFile' });

export const plannedField = z
  .object({
    file: z.string(),
    address: z.string().describe('The full address, which stays unique whatever else is in the file.'),
    field: z.string().describe('The short form people type and read.'),
    presentBefore: z.boolean(),
    before: z.json().describe('The present value; null when absent or secret.'),
    presentAfter: z.boolean(),
    after: z.json().describe('The value it goes back to; null when absent or secret.'),
    secret: z.boolean(),
  })
  .meta({ id: 'PlannedField' });

export const serviceChange = z
  .object({
    service: z.string().nullable().describe('null: the tenant-environment itself.'),
    files: z.array(plannedFile),
    fields: z.array(plannedField),
  })
  .meta({ id: 'ServiceChange' });

const pin = z.object({
  service: z.string().nullable(),
  file: z.string().describe('Where it is written.'),
  address: z.string().describe('Of the field in that file.'),
  name: z.string(),
  value: z.json().describe('The value of the target, which it keeps.'),
  shared: z.string().describe('The shared file that gave it then.'),
  presentNow: z.boolean(),
  now: z.json().describe('What others have now; null when nothing sets it.'),
});

const refusedEdit = z.object({ address: z.string(), reason: z.string() });

export const impact = z
  .object({
    services: z.int(),
    bindings: z.int(),
    variables: z.int(),
    fields: z.int(),
    files: z.int(),
  })
  .meta({ id: 'Impact' });

/** What a person should know before saying yes. */
export const hazard = z.object({
  code: z.string(),
  message: z.string(),
  blocking: z.boolean(),
  paths: z.array(z.string()),
});

/** A plan as requests and lists keep it: no content, no secret values, of limited size. */
export const planSummary = z
  .object({
    impact,
    services: z.array(
      z.object({
        service: z.string().nullable(),
        files: z.int(),
        fields: z.int(),
        changes: z.array(z.string()),
      }),
    ),
    hazards: z.array(hazard),
    shared: z.object({ changed: z.int(), included: z.int() }),
    kept: z.int(),
    pins: z
      .array(
        z.object({
          service: z.string().nullable(),
          name: z.string(),
          value: z.string(),
          address: z
            .string()
            .nullable()
            .describe('Of the field, behind the path of its file; null where that is long.'),
        }),
      )
      .describe('Shared values that it keeps for its own scope.'),
  })
  .meta({ id: 'PlanSummary' });

/** A plan as the preview shows it and as a request keeps it. */
export const plan = z
  .object({
    kind: z.enum(['rollback', 'undo', 'release', 'promotion']),
    mode: z.enum(['full', 'service', 'field']),
    tenant: z.string().nullable(),
    environment: z.string().nullable(),
    from: z.string().nullable().describe('Of a promotion: the environment that things come from.'),
    service: z.string().nullable(),
    base: sha,
    target: sha.nullable().describe('null for a release or promotion, which go back to nothing.'),
    digest,
    empty: z.boolean().describe('True when there is nothing to change.'),
    services: z.array(serviceChange),
    shared: z.array(
      z.object({
        path: z.string(),
        change: z.string(),
        reaches: z.array(tenantEnvironment),
        included: z.boolean(),
      }),
    ),
    pins: z.array(pin).describe('Shared values of the target that a rollback keeps for its own scope.'),
    kept: z.array(
      z.object({
        path: z.string(),
        address: z.string().nullable(),
        pattern: z.string().nullable().describe('The keep pattern that holds it back, if one does.'),
        reason: z.string().nullable().describe('Of a promotion: why it stays.'),
      }),
    ),
    hazards: z.array(hazard),
    refused: z.array(refusedEdit),
    conflicts: z.array(refusedEdit),
    impact,
    generatedOutside: z
      .int()
      .nullable()
      .describe(
        'How many generated files of other tenant-environments change; null where it is of none or none are.',
      ),
  })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof plan>;

/** Whether what a rollback generates is what was generated at its target, and where not, why. */
const regeneration = z.object({
  exact: z.boolean(),
  differs: z.array(z.object({ service: z.string(), reasons: z.array(z.string()) })),
});

/** Asked for with a preview: a changed file whose whole text is wanted, too. */
export const showText = z
  .string()
  .min(1)
  .max(4_096)
  .nullish()
  .describe('A path of the plan: the answer then holds its text, before and after.');

/** One changed file, whole: a side without a file is null, and so are both when `opaque` says why. */
export const changedText = z
  .object({
    path: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    opaque: z.string().nullable().describe('Why there is no text: binary, too large, secret.'),
  })
  .meta({ id: 'ChangedText' });

/** What a preview answers: the plan, what submitting it would lead to, and the commit message it would get. */
export const preview = z
  .object({
    plan,
    outcome: z
      .enum(['runs_now', 'awaits_approval', 'awaits_execution', 'break_glass', 'refused'])
      .describe('What submitting would lead to.'),
    reason: z.string().nullable().describe('Why it would be refused.'),
    reasonCode: z.string().nullable().describe('The code of that refusal.'),
    approvalsNeeded: z.int(),
    approvers: approvers.nullable().describe('Who could give them; null when none is needed.'),
    freeze: z
      .object({ name: z.string(), until: timestamp, exempt: z.boolean() })
      .nullable()
      .describe('The freeze window that holds now; `exempt` when rollbacks may pass it.'),
    openRequests: z
      .array(z.object({ id: z.string(), state: z.string(), paths: z.array(z.string()) }))
      .describe('Open requests that touch the same paths, and which of them.'),
    clusterNotes: z
      .array(
        z.object({
          kind: z.enum([...syncObstacle.shape.kind.options, 'agent_away']),
          cluster: z.string(),
          application: z.string().nullable(),
          text: z.string(),
        }),
      )
      .describe('What would keep clusters from following the commit, as they reported it.'),
    commitMessage: z.string(),
    text: changedText.nullable().describe('Of the file that `showText` names, if the plan changes it.'),
    regeneration: regeneration
      .nullable()
      .describe('Of a rollback that generates files: whether they become what they were at the target.'),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof preview>;

/** A changed file as it goes over the wire. */
export const wireFile = (file: PlannedFile): z.infer<typeof plannedFile> => ({
  path: file.path,
  change: file.change,
  before: file.before ?? null,
  after: file.after ?? null,
});

type Json = z.infer<ReturnType<typeof z.json>>;

const wireField = (field: PlannedField): z.infer<typeof plannedField> => ({
  file: field.file,
  address: field.address,
  field: field.field,
  presentBefore: field.before !== undefined,
  before: field.secret ? null : ((field.before ?? null) as Json),
  presentAfter: field.after !== undefined,
  after: field.secret ? null : ((field.after ?? null) as Json),
  secret: field.secret,
});

/** What changes in one service. Secret values stay behind. */
export const wireServiceChange = (change: ServiceChange): z.infer<typeof serviceChange> => ({
  service: change.service,
  files: change.files.map(wireFile),
  fields: change.fields.map(wireField),
});

const wireKept = (kept: Kept) => ({
  path: kept.path,
  address: kept.address ?? null,
  pattern: kept.pattern ?? null,
  reason: kept.reason ?? null,
});

const wirePin = ({ value, now, ...pin }: Pin) => ({
  ...pin,
  value: value as Json,
  presentNow: now !== undefined,
  now: (now ?? null) as Json,
});

/** A domain plan as it goes over the wire. Secret values stay behind. */
export const wirePlan = (of: DomainPlan, planDigest: string): Plan => ({
  kind: of.kind,
  mode: of.mode,
  tenant: of.tenant ?? null,
  environment: of.environment ?? null,
  from: of.from ?? null,
  service: of.service ?? null,
  base: of.base,
  target: of.target ?? null,
  digest: planDigest,
  empty: of.edits.length === 0,
  services: of.services.map(wireServiceChange),
  shared: of.shared.map((change) => ({ ...change, reaches: [...change.reaches] })),
  pins: (of.pins ?? []).map(wirePin),
  kept: of.kept.map(wireKept),
  hazards: of.hazards.map((hazard) => ({ ...hazard, paths: [...hazard.paths] })),
  refused: [...of.refused],
  conflicts: [...of.conflicts],
  impact: of.impact,
  generatedOutside: of.generatedOutside ?? null,
});
