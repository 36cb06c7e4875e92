import type { Actor } from '../../domain/people/actor.ts';
import { decideState } from '../../domain/request/request-action.ts';
import type { Request } from '../../domain/request/request.ts';
import { decideAll } from '../../domain/people/rights.ts';
import type { Submission } from '../../domain/request/submission.ts';
import { demand, inOrder } from '../../domain/refusal/verdict.ts';
import { placesOf } from '../../domain/request/votes.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import { type RequestName, findRequest } from './find-request.ts';
import { submitWish } from './submit-wish.ts';

export interface ResubmitInput extends RequestName {
  /** Why it is submitted again; the justification of the first one when absent. */
  readonly reason: string | undefined;
}

/**
 * Submits the same again on the present head, as a new request that names the old one. Votes are not carried over,
 * and the old one's authors do not approve the new one. Throws what forbids it.
 */
export async function resubmitRequest(hub: Hub, actor: Actor, input: ResubmitInput): Promise<StoredRequest> {
  const old = await findRequest(hub.store, actor, input);
  demand(inOrder([() => decideAll(actor, 'request', placesOf(old)), () => decideState(old, 'resubmit')]));
  const project = await requireProject(hub.store, old.projectId);
  return submitWish(hub, actor, project, wishAgain(old, input.reason));
}

function wishAgain(old: Request, reason: string | undefined): Submission {
  const { projectId, kind, scope, targetSha, justification } = old;
  // Whom shared files reach is worked out anew; an undo finds all its places by itself.
  const where = scope.mode === 'undo' ? [] : scope.where.slice(0, 1);
  return {
    projectId,
    kind,
    scope: { ...scope, where },
    targetSha,
    justification: reason ?? justification,
    digest: undefined,
    resubmitOf: old,
  };
}
