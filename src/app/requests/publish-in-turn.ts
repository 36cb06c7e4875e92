import { invariant } from '../../std/invariant.ts';
import type { Hub } from '../hub.ts';
import type { HubProject } from '../projects/hub-project.ts';
import type { ProjectRepository } from '../projects/repository-pool.ts';
import { type Execution, publishRequests } from './publish-requests.ts';
import type { Publishing } from './publishing.ts';

interface Waiting extends Execution {
  readonly resolve: (published: Publishing) => void;
}

/** Who waits for the writer of each project. */
type Queues = Map<string, Waiting[]>;

const queuesOf = new WeakMap<Hub['repositories'], Queues>();

/**
 * More would not make a sync of the disk cheaper by much, and make the first wait for the last. An upstream gets each
 * by a push of its own, and says no to each by itself.
 */
const mostAtOnce = (project: HubProject): number => (project.kind === 'hosted' ? 32 : 1);

/** Publishes an execution when it is its project's turn, together with all that wait for the same. Never throws. */
export function publishInTurn(hub: Hub, project: HubProject, execution: Execution): Promise<Publishing> {
  const queues = queuesOf.get(hub.repositories) ?? new Map<string, Waiting[]>();
  queuesOf.set(hub.repositories, queues);
  const queue = queues.get(project.id) ?? [];
  queues.set(project.id, queue);
  const { promise, resolve } = Promise.withResolvers<Publishing>();
  queue.push({ ...execution, resolve });
  // Somebody who waits already takes this one along.
  if (queue.length === 1) void takeTurn(hub, project, queue);
  return promise;
}

async function takeTurn(hub: Hub, project: HubProject, queue: Waiting[]): Promise<void> {
  try {
    await hub.repositories.use(project, (at) =>
      at.exclusive(async () => {
        const group = await gather(project, queue);
        // Who is left, or comes now, needs somebody else to go.
        if (queue.length > 0) void takeTurn(hub, project, queue);
        await publishGroup(hub, at, group);
      }),
    );
  } catch (error) {
    // A repository that cannot be opened may have the commit of an earlier attempt.
    for (const { before, resolve } of queue.splice(0))
      resolve({ kind: before.length === 0 ? 'failed' : 'unknown', error });
  }
}

/** All that wait, and those that the same event of the machine has brought as far as here. */
async function gather(project: HubProject, queue: Waiting[]): Promise<readonly Waiting[]> {
  await new Promise((resolve) => setImmediate(resolve));
  return queue.splice(0, mostAtOnce(project));
}

async function publishGroup(hub: Hub, at: ProjectRepository, group: readonly Waiting[]): Promise<void> {
  const published = await publishRequests(hub, at, group);
  for (const [index, { resolve }] of group.entries()) {
    const end = published[index];
    invariant(end, 'every execution comes to an end');
    resolve(end);
  }
}
