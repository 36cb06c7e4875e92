import type { Actor } from '../../domain/people/actor.ts';
import type { AuditFlag } from '../../domain/audit/audit-entry.ts';
import { type Opening, openingOf } from '../../domain/request/approval.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { pathsOf } from '../../domain/plan/plan-paths.ts';
import { knownFields } from '../../domain/plan/known-fields.ts';
import type { Request } from '../../domain/request/request.ts';
import { policyFor } from '../../domain/request/second-approver.ts';
import { startExecution } from '../../domain/request/request-life.ts';
import { type Submission, submitRequest } from '../../domain/request/submission.ts';
import { summarisePlan } from '../../domain/plan/summarise-plan.ts';
import { demand } from '../../domain/refusal/verdict.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { addHazards } from '../add-hazards.ts';
import { type Brought, askForBrought, broughtBy, recallBrought } from '../ask-registries.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { requestPrefixes } from '../new-id.ts';
import type { HubProject } from '../projects/hub-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { aboutRequest } from './about-request.ts';
import { carryOut } from './carry-out.ts';
import { flagsOf } from './complete-execution.ts';
import { decideWish } from './decide-wish.ts';
import { explain } from './plan-question.ts';
import { type PlannedWish, decidePlanned, planWish } from './plan-wish.ts';
import { environmentsOf, standingReader } from './standing-reader.ts';

/**
 * Submits a wish: it waits for approvals, or is carried out at once. Throws what forbids it, and then nothing is
 * saved; or what stopped the execution, with the id of the request in `details.requestId`.
 */
export async function submitWish(
  hub: Hub,
  actor: Actor,
  project: HubProject,
  wish: Submission,
): Promise<StoredRequest> {
  const before = standingReader(hub, hub.store, [actor]);
  const standing = await before.ofSubmission(actor, project.id, environmentsOf(wish));
  demand(decideWish(actor, wish, standing));
  const { planned, full, brought } = await hub.repositories.use(project, (at) => plan(hub, actor, at, wish));
  const policies = standing.policies.map((each) => policyFor(full, each));
  // What runs at once waits for no registry; what waits for people says what they should know.
  const { executesNow } = openingOf(wish, actor, { ...standing, policies });
  const { hazards, verdict } = await (executesNow ? recallBrought : askForBrought)(hub, brought);
  demand(verdict);
  const { digest, plan: bare } = planned.change;
  const summary = summarisePlan({ ...full, hazards: [...full.hazards, ...hazards] });
  const known = knownFields(full);
  const id = hub.newId(requestPrefixes[wish.kind]);
  const request = { id, baseSha: bare.base, digest, plan: summary };
  const saved = await hub.store.tx((tx) => save(hub, actor, tx, { planned, request }));
  await failPoint('app.request.submitted');
  hub.wake('outbox');
  if (saved.state !== 'executing') return saved;
  const result = await carryOut(hub, saved, { known });
  if (result.refusal) throw result.refusal;
  return result.request;
}

/** What a request needs of its plan. */
type PlannedRequest = Parameters<typeof submitRequest>[2];

interface Seen {
  readonly planned: PlannedWish;
  /** With what people are to know of it. */
  readonly full: Plan;
  readonly brought: Brought;
}

async function plan(hub: Hub, actor: Actor, at: ProjectRepository, wish: Submission): Promise<Seen> {
  const planned = await planWish(hub, at, wish);
  demand(decidePlanned(actor, planned));
  const { change } = planned;
  const full = await addHazards(at.reader, change, await explain(at.reader, change.plan));
  return { planned, full, brought: await broughtBy(hub, at.reader, change) };
}

interface Saving {
  readonly planned: PlannedWish;
  readonly request: PlannedRequest;
}

async function save(
  hub: Hub,
  actor: Actor,
  tx: TransactionTables,
  { planned, request: planOf }: Saving,
): Promise<StoredRequest> {
  const { submission, change } = planned;
  const reader = standingReader(hub, tx);
  const standing = await reader.ofSubmission(actor, submission.projectId, environmentsOf(submission));
  const { request, opening } = submitRequest(actor, submission, planOf, standing);
  const started = opening.executesNow ? startExecution(request, standing.now) : request;
  await tx.requests.add(started, pathsOf(change.plan));
  await tell(tx, actor, request, opening);
  if (opening.executesNow) {
    await recordChange(tx, actor, {
      ...aboutRequest(request),
      at: standing.now,
      action: 'request.executing',
      flags: flagsOf(request),
      details: { attempt: 1 },
    });
  }
  return { ...started, epoch: 1 };
}

async function tell(tx: TransactionTables, actor: Actor, request: Request, opening: Opening): Promise<void> {
  const { id, projectId, submittedAt: at, breakGlass } = request;
  const flags: AuditFlag[] = [
    ...(breakGlass === undefined ? [] : ['break_glass' as const]),
    ...(opening.duringFreeze === undefined ? [] : ['during_freeze' as const]),
  ];
  const { mode, where, service, promotion } = request.scope;
  await recordChange(tx, actor, {
    ...aboutRequest(request),
    at,
    action: 'request.submitted',
    flags,
    details: {
      state: request.state,
      mode,
      where: where.map(({ tenant, environment }) => `${tenant}/${environment}`),
      service: service ?? null,
      ...(promotion ? { from: promotion.from } : {}),
      target: request.targetSha ?? null,
      digest: request.digest,
      justification: request.justification,
      approvalsNeeded: opening.needed,
      breakGlass: breakGlass ?? null,
      resubmitOf: request.resubmitOf ?? null,
    },
  });
  if (breakGlass === undefined) return;
  await tx.breakGlass.used({ sessionId: breakGlass, requestId: id, at });
  await recordChange(tx, actor, {
    at,
    action: 'break_glass.used',
    object: { type: 'break_glass', id: breakGlass },
    projectId,
    requestId: id,
    flags,
  });
}
