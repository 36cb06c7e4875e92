import type { StoredRequest } from '../../store/request-rows.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import { type Completion, completeExecutions } from './complete-execution.ts';

interface Waiting extends Completion {
  readonly resolve: (request: StoredRequest) => void;
  readonly reject: (error: unknown) => void;
}

const queuesOf = new WeakMap<Hub['store'], Map<string, Waiting[]>>();

/**
 * Completes an execution together with those of its project that are published at the same moment: they came into the
 * branch by one move, and are written down by one set of statements. Throws as `completeExecutions` answers.
 */
export function completeInTurn(
  hub: Hub,
  project: HubProject,
  completion: Completion,
): Promise<StoredRequest> {
  const queues = queuesOf.get(hub.store) ?? new Map<string, Waiting[]>();
  queuesOf.set(hub.store, queues);
  const queue = queues.get(project.id) ?? [];
  queues.set(project.id, queue);
  const { promise, resolve, reject } = Promise.withResolvers<StoredRequest>();
  queue.push({ ...completion, resolve, reject });
  if (queue.length === 1) setImmediate(() => void completeWaiting(hub, project, queue));
  return promise;
}

async function completeWaiting(hub: Hub, project: HubProject, queue: Waiting[]): Promise<void> {
  const group = queue.splice(0);
  try {
    const ends = await completeExecutions(hub, project, group);
    for (const [index, end] of ends.entries())
      if ('error' in end) group[index]?.reject(end.error);
      else group[index]?.resolve(end.request);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
