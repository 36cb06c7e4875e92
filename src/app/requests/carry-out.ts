import type { KnownFields } from '../../domain/plan/known-fields.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Oid } from '../../tree/object.ts';
import { failPoint } from '../../std/fail-point.ts';
import { assertNever } from '../../std/invariant.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { refusalOf } from '../refuse-git.ts';
import { completeInTurn } from './complete-in-turn.ts';
import { failExecution } from './fail-execution.ts';
import { publishInTurn } from './publish-in-turn.ts';
import type { Publishing } from './publishing.ts';

/** What came of an execution: the request as it is now and, when it is not completed, what stopped it. */
export interface ExecutionResult {
  readonly request: StoredRequest;
  readonly refusal: Refusal | undefined;
}

/** What is known of a request beside what is stored. */
export interface Knowledge {
  /** Commits that earlier attempts planned. */
  readonly before?: readonly Oid[];
  /** Fields that were read when it was submitted. */
  readonly known?: KnownFields | undefined;
}

/**
 * Carries out a request that was just moved to executing, to its end: completed, failed, or waiting again because
 * what allowed it is gone. It stays executing only when Git or the database cannot say what happened; then this
 * throws, and recovery finds out.
 */
export async function carryOut(
  hub: Hub,
  request: StoredRequest,
  { before = [], known }: Knowledge = {},
): Promise<ExecutionResult> {
  const here = workOf(hub);
  here.add(request.id);
  try {
    await failPoint('app.request.executing');
    const project = await requireProject(hub.store, request.projectId);
    const published = await publishInTurn(hub, project, { request, before });
    return await settle(hub, project, { request, published, known });
  } finally {
    here.delete(request.id);
    hub.wake('outbox');
  }
}

/** What this process is carrying out, by the store that says so. */
const work = new WeakMap<Hub['store'], Set<string>>();

function workOf({ store }: Hub): Set<string> {
  const known = work.get(store) ?? new Set<string>();
  work.set(store, known);
  return known;
}

/** True while this very process carries the request out, however long that takes. */
export const isAtWork = (hub: Hub, requestId: string): boolean => workOf(hub).has(requestId);

interface Published extends Pick<Knowledge, 'known'> {
  readonly request: StoredRequest;
  readonly published: Publishing;
}

async function settle(
  hub: Hub,
  project: HubProject,
  { request, published, known }: Published,
): Promise<ExecutionResult> {
  switch (published.kind) {
    case 'published': {
      const { commit } = published;
      return { request: await completeInTurn(hub, project, { request, commit, known }), refusal: undefined };
    }
    case 'moved':
      return failExecution(hub, request, { refusal: published.refusal, retryable: false });
    case 'no_basis':
      return failExecution(hub, request, { refusal: undefined, retryable: true });
    case 'failed':
      return failExecution(hub, request, { ...whyFailed(published.error), retryable: true });
    case 'taken_over':
      return { request, refusal: new Refusal('changed_meanwhile', { what: `request ${request.id}` }) };
    case 'unknown':
      throw refusalOf(published.error);
    default:
      return assertNever(published);
  }
}

/** The refusal that a person reads. What is none is a bug of ours, and stays the cause. */
function whyFailed(error: unknown): { readonly refusal: Refusal } {
  const shown = refusalOf(error);
  if (shown instanceof Refusal && shown.code === 'push_rejected')
    return { refusal: new Refusal('upstream_refused', { reason: shown.facts['reason'] ?? '' }) };
  if (shown instanceof Refusal) return { refusal: shown };
  return { refusal: Object.assign(new Refusal('execution_interrupted'), { cause: error }) };
}
