import type { StoredRequest } from '../../store/request-rows.ts';
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
  if (request === undefined || request.kind !== 'rollback' || request.scope.mode === 'undo') return;
  const { projectId, scope, targetSha } = request;
  const commit = request.commit ?? request.execution?.planned?.commit;
  if (commit === undefined || targetSha === undefined) return;
  const { deployments } = hub.store;
  const [before, after] = [
    await deployments.position(projectId, commit),
    await deployments.position(projectId, targetSha),
  ];
  if (before === undefined || after === undefined) return;
  const services = scope.service === undefined ? undefined : [scope.service];
  await hub.store.tx(async (tx) => {
    for (const where of scope.where)
      await tx.deployments.markRolledBack(projectId, { ...where, after, before, services });
  });
}
