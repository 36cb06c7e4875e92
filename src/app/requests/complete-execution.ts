import type { AuditFlag } from '../../domain/audit/audit-entry.ts';
import type { KnownFields } from '../../domain/plan/known-fields.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Request } from '../../domain/request/request.ts';
import { completeRequest } from '../../domain/request/request-life.ts';
import { failPoint } from '../../std/fail-point.ts';
import { invariant } from '../../std/invariant.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Oid } from '../../tree/object.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { setHolds } from '../holds/set-holds.ts';
import { beginVerification } from '../verification/verify-requests.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { systemActor } from '../system-actor.ts';
import { aboutRequest } from './about-request.ts';
import { type OwnDeployment, addDeployments, readDeployment } from './own-deployment.ts';

/** An executing request, and the commit of it that its branch has. */
export interface Completion {
  readonly request: StoredRequest;
  readonly commit: Oid;
  /** Fields that were read when it was submitted. */
  readonly known?: KnownFields | undefined;
}

/** What writing an execution down came to: the request as it is now, or what is thrown to whoever waits for it. */
export type Completed = { readonly request: StoredRequest } | { readonly error: unknown };

/**
 * Writes down that the branch has the commits of executing requests, given in the order of the branch: states,
 * deployments, audit and outbox in one transaction. Saying it twice changes nothing. `changed_meanwhile` is the error
 * of one that somebody took over and brought to another end. Answers in the order asked.
 */
export async function completeExecutions(
  hub: Hub,
  project: HubProject,
  completions: readonly Completion[],
): Promise<readonly Completed[]> {
  const ends = new Map<Completion, Saved>();
  const done: Done[] = [];
  await hub.repositories.use(project, async (at) => {
    for (const completion of completions)
      await readDeployment(at, completion).then(
        (deployment) => done.push({ completion, deployment }),
        (error: unknown) => ends.set(completion, { error }),
      );
  });
  for (const [completion, end] of await saveAll(hub, done)) ends.set(completion, end);
  for (const _ of completions) await failPoint('app.request.completed');
  // What the index did not take in here, it has to look for.
  if ([...ends.values()].some((end) => 'request' in end && !end.indexed)) hub.wake('index');
  // Where nobody is known to run it, all was said already.
  if ([...ends.values()].some((end) => 'request' in end && end.watched)) hub.wake('clusters');
  return completions.map((completion) => {
    const end = ends.get(completion);
    invariant(end, 'every completion comes to an end');
    return end;
  });
}

interface Done {
  readonly completion: Completion;
  readonly deployment: OwnDeployment;
}

type Saved =
  | {
      readonly request: StoredRequest;
      readonly indexed: boolean;
      /** A cluster is known to run what it changed. */
      readonly watched: boolean;
    }
  | { readonly error: unknown };
type Ends = ReadonlyMap<Completion, Saved>;

/** All at once; when that fails each by itself, as nobody is to be stopped by a neighbour. */
async function saveAll(hub: Hub, done: readonly Done[]): Promise<Ends> {
  if (done.length === 0) return new Map();
  try {
    const { clock, newId, settings } = hub;
    return await hub.store.tx((tx) => save(tx, done, { now: clock(), newId, span: settings.verification }));
  } catch (error) {
    const [only, ...others] = done;
    if (only && others.length === 0) return new Map([[only.completion, await askAgain(hub, only, error)]]);
    const ends: [Completion, Saved][] = [];
    for (const one of done) ends.push(...(await saveAll(hub, [one])));
    return new Map(ends);
  }
}

/** The answer can be lost although it was saved; nobody but the request itself knows. */
async function askAgain(hub: Hub, { completion }: Done, error: unknown): Promise<Saved> {
  try {
    const now = await hub.store.requests.get(completion.request.id);
    return isCompleted(now, completion) ? { request: now, ...unsure } : { error };
  } catch (unknown) {
    return { error: unknown };
  }
}

/** Whoever looks finds out. */
const unsure = { indexed: false, watched: true } as const;

const isCompleted = (now: StoredRequest | undefined, { commit }: Completion): now is StoredRequest =>
  now?.state === 'completed' && now.commit === commit;

interface Saving {
  readonly now: number;
  readonly newId: Hub['newId'];
  readonly span: Hub['settings']['verification'];
}

async function save(
  tx: TransactionTables,
  done: readonly Done[],
  { now, newId, span }: Saving,
): Promise<Ends> {
  const ends = new Map<Completion, Saved>();
  const present = await tx.requests.many(done.map(({ completion }) => completion.request.id));
  const moved: (Done & { readonly request: StoredRequest })[] = [];
  for (const one of done) {
    const { completion } = one;
    const request = present.get(completion.request.id);
    const end = isCompleted(request, completion) ? request : await move(tx, request, { completion, now });
    if (end instanceof Refusal) ends.set(completion, { error: end });
    else if (end === request) ends.set(completion, { request: end, ...unsure });
    else moved.push({ ...one, request: end });
  }
  const indexed = await addDeployments(tx, moved, now);
  for (const { completion, deployment, request } of moved) {
    await tell(tx, request, { parent: deployment.parent, now });
    const { commit } = completion;
    const watched = await beginVerification(tx, { request, now, span });
    await setHolds(tx, { request, commit, held: deployment.held, now }, newId);
    ends.set(completion, { request, indexed: indexed.has(commit), watched });
  }
  return ends;
}

interface Moving {
  readonly completion: Completion;
  readonly now: number;
}

async function move(
  tx: TransactionTables,
  present: StoredRequest | undefined,
  { completion: { request, commit }, now }: Moving,
): Promise<StoredRequest | Refusal> {
  const lost = (): Refusal => new Refusal('changed_meanwhile', { what: `request ${request.id}` });
  if (present?.epoch !== request.epoch) return lost();
  const completed = completeRequest(present, commit, now);
  const from = { states: ['executing'], epoch: present.epoch } as const;
  const to = { state: 'completed', at: now, commit, error: undefined, closed: true } as const;
  const epoch = await tx.requests.move(request.id, from, to);
  return epoch === undefined ? lost() : { ...completed, epoch };
}

async function tell(
  tx: TransactionTables,
  request: StoredRequest,
  { parent, now }: { readonly parent: Oid; readonly now: number },
): Promise<void> {
  await recordChange(tx, systemActor, {
    ...aboutRequest(request),
    at: now,
    action: 'request.completed',
    flags: flagsOf(request),
    details: {
      commit: request.commit ?? null,
      parent,
      digest: request.digest,
      attempt: request.execution?.attempt ?? 1,
    },
  });
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
