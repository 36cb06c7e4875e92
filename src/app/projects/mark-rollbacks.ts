import type { Request } from '../../domain/request/request.ts';
import type { StoredRequest } from '../../store/request-rows.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';

/** Requests that are read at a time. */
const pageSize = 200;

/**
 * Marks the deployments that completed rollbacks of a project took back, so far as both ends are indexed; only those
 * of these requests, if some are named. Doing it again changes nothing.
 */
export async function markRollbacks(hub: Hub, projectId: string, only?: ReadonlySet<string>): Promise<void> {
  if (only !== undefined) {
    for (const id of only) await markOne(hub, await hub.store.requests.get(id));
    return;
  }
  const filter = { projectIds: [projectId], kinds: ['rollback'], states: ['completed'] } as const;
  let after: { readonly submittedAt: number; readonly id: string } | undefined;
  do {
    const page = await hub.store.requests.list(filter, { after, limit: pageSize });
    for (const request of page) await markOne(hub, request);
    const last = page.at(-1);
    after = page.length === pageSize ? last : undefined;
  } while (after !== undefined);
}

async function markOne(hub: Hub, request: StoredRequest | undefined): Promise<void> {
  const commit = request?.commit ?? request?.execution?.planned?.commit;
  if (request === undefined || commit === undefined) return;
  await hub.store.tx((tx) => markTakenBack(tx, request, commit));
}

/**
 * Marks what the commit of a rollback took back: everything after its target, or for an undo the undone commit alone.
 * Does nothing while an end of it is not indexed.
 */
export async function markTakenBack(
  { deployments }: Pick<TransactionTables, 'deployments'>,
  { projectId, kind, scope, targetSha }: Request,
  commit: Oid,
): Promise<void> {
  if (kind !== 'rollback' || targetSha === undefined) return;
  const [before, target] = [
    await deployments.position(projectId, commit),
    await deployments.position(projectId, targetSha),
  ];
  if (before === undefined || target === undefined) return;
  const undone = { after: target - 1, before: target + 1 };
  const range = scope.mode === 'undo' ? undone : { after: target, before };
  const services = scope.service === undefined ? undefined : [scope.service];
  for (const where of scope.where)
    await deployments.markRolledBack(projectId, { ...where, ...range, services });
}
