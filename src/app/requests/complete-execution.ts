import type { AuditFlag } from '../../domain/audit/audit-entry.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import { completeRequest } from '../../domain/request/request-life.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Oid } from '../../tree/object.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { systemActor } from '../system-actor.ts';
import { aboutRequest } from './about-request.ts';
import { type OwnDeployment, addDeployment, readDeployment } from './own-deployment.ts';

/** An executing request, and the commit of it that its branch has. */
export interface Completion {
  readonly request: StoredRequest;
  readonly commit: Oid;
}

/**
 * Writes down that the branch has the commit of an executing request: state, deployment, audit and outbox in one
 * transaction. Saying it twice changes nothing. Throws `changed_meanwhile` when somebody took the request over and
 * came to another end.
 */
export async function completeExecution(
  hub: Hub,
  project: HubProject,
  { request, commit }: Completion,
): Promise<StoredRequest> {
  const deployment = await hub.repositories.use(project, (at) => readDeployment(at, request, commit));
  const done = { request, commit, deployment };
  const saved = await hub.store
    .tx((tx) => save(tx, { ...done, now: hub.clock() }))
    .catch(async (error: unknown) => {
      // The answer can be lost although it was saved; nobody but the request itself knows.
      const now = await hub.store.requests.get(request.id);
      if (now?.state === 'completed' && now.commit === commit) return { request: now, indexed: false };
      throw error;
    });
  await failPoint('app.request.completed');
  // What the index did not take in here, it has to look for.
  if (!saved.indexed) hub.wake('index');
  return saved.request;
}

interface Done extends Completion {
  readonly deployment: OwnDeployment;
  readonly now: number;
}

interface Saved {
  readonly request: StoredRequest;
  readonly indexed: boolean;
}

async function save(tx: TransactionTables, { request, commit, deployment, now }: Done): Promise<Saved> {
  const present = await tx.requests.get(request.id);
  if (present?.state === 'completed' && present.commit === commit)
    return { request: present, indexed: false };
  if (present?.epoch !== request.epoch)
    throw new Refusal('changed_meanwhile', { what: `request ${request.id}` });
  const completed = completeRequest(present, commit, now);
  const from = { states: ['executing'], epoch: present.epoch } as const;
  const to = { state: 'completed', at: now, commit, error: undefined, closed: true } as const;
  const epoch = await tx.requests.move(request.id, from, to);
  if (epoch === undefined) throw new Refusal('changed_meanwhile', { what: `request ${request.id}` });
  const indexed = await addDeployment(tx, present, deployment, now);
  await recordChange(tx, systemActor, {
    ...aboutRequest(request),
    at: now,
    action: 'request.completed',
    flags: flagsOf(present),
    details: {
      commit,
      parent: deployment.parent,
      digest: request.digest,
      attempt: present.execution?.attempt ?? 1,
    },
  });
  return { request: { ...completed, epoch }, indexed };
}

/** What makes this execution stand out in the log. */
export function flagsOf({ breakGlass, duringFreeze, reviews, authors }: Request): readonly AuditFlag[] {
  const own = reviews.some(
    ({ by, decision, voided }) => decision === 'approve' && !voided && authors.includes(by.personId),
  );
  return [
    ...(breakGlass === undefined ? [] : ['break_glass' as const]),
    ...(duringFreeze === undefined ? [] : ['during_freeze' as const]),
    ...(own ? ['self_approval' as const] : []),
  ];
}
