import type { Actor } from '../../domain/people/actor.ts';
import { Refusal } from '../../domain/refusal/refusal.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import { requireProject } from '../projects/find-project.ts';
import { submitRollback, submitUndo } from '../requests/submit-request.ts';
import { findHold } from './find-hold.ts';

export interface ReapplyInput {
  readonly id: string;
  readonly justification: string | undefined;
}

/**
 * Takes a held value away again that somebody brought back past the hub: a request for that one field, to the target
 * of the rollback that held it, with the approvals of any other. Throws `hold_stands` when the value is not back.
 */
export async function reapplyHold(
  hub: Hub,
  actor: Actor,
  { id, justification }: ReapplyInput,
): Promise<StoredRequest> {
  const hold = await findHold(hub.store, actor, id);
  const { tenant, environment, service, address, requestId, returned, projectId } = hold;
  if (!returned) throw new Refusal('hold_stands', { field: `${tenant}/${environment} ${hold.field}` });
  const { slug } = await requireProject(hub.store, projectId);
  const who = returned.bot ?? returned.author;
  const why = justification ?? `${who} brought back what ${requestId} had taken away`;
  const rollback = await hub.store.requests.get(requestId);
  // A field of no service is not one that can be chosen; the commit that brought it back can be undone.
  if (service === undefined || rollback?.targetSha === undefined)
    return submitUndo(hub, actor, { slug, commit: returned.commit, justification: why });
  return submitRollback(hub, actor, {
    slug,
    mode: 'field',
    tenant,
    environment,
    service,
    selectedFields: [address],
    targetSha: rollback.targetSha,
    justification: why,
  });
}
