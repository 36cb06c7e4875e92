import {
  type RepositoryWear,
  packRepository,
  pruneRepository,
  wearOf,
} from '../../git/maintain-repository.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import { refusing } from '../refuse-git.ts';
import type { HubProject } from './hub-project.ts';
import type { ProjectRepository } from './repository-pool.ts';

export interface MaintainOptions {
  readonly signal?: AbortSignal | undefined;
  /** Does everything, whatever there is to gain. */
  readonly always?: boolean;
  /** As git reads it: what became unreachable before may go. Two weeks ago unless told. */
  readonly expire?: string;
}

/** What was done for a project: nothing where there was little to gain, or another server is at it. */
export type Maintained = 'nothing' | 'packed' | 'pruned' | 'elsewhere';

/** A push adds a pack or a few objects, a rollback a dozen: a busy day's. Git itself waits for 6,700 and 50. */
const worth = { loose: 2000, packs: 20 };
const pruneEvery = 7 * 86_400_000;
/** Milliseconds for which one server has it, longer than git is given for a step. */
const leaseFor = 3_600_000;

/**
 * Packs the repository of a project, and once a week removes what is unreachable and old. Packing loses nothing, so
 * writers go on beside it. Pruning holds the turn of the writers, and the commits that executing requests have planned
 * are pinned by refs of ours first: recovery asks for them, however old they are.
 */
export const maintainProject = refusing(
  async (hub: Hub, project: HubProject, options: MaintainOptions = {}): Promise<Maintained> => {
    const now = hub.clock();
    const wear = await wearOf({ commonDir: hub.repositories.pathOf(project.id) });
    if (options.always !== true && !isDue(wear, now)) return 'nothing';
    const until = { now, until: now + leaseFor };
    const lease = await hub.store.leases.acquire(`maintain:${project.id}`, hub.instance, until);
    if (!lease) return 'elsewhere';
    try {
      return await hub.repositories.use(project, (at) => maintain(hub, at, { ...options, wear }));
    } finally {
      await hub.store.leases.release(lease);
    }
  },
);

function isDue({ loose, packs, prunedAt }: RepositoryWear, now: number): boolean {
  const worn = loose >= worth.loose || packs >= worth.packs;
  return worn || (packs > 1 && isPast(prunedAt, now));
}

const isPast = (prunedAt: number, now: number): boolean => now - prunedAt > pruneEvery;

async function maintain(
  hub: Hub,
  at: ProjectRepository,
  { wear, always, expire = '2.weeks.ago', signal }: MaintainOptions & { readonly wear: RepositoryWear },
): Promise<Maintained> {
  const prunes = always === true || isPast(wear.prunedAt, hub.clock());
  // Before pruning too: then less is left to do while writers wait.
  await packRepository(at.repository, { signal });
  if (!prunes) return 'packed';
  await at.exclusive(async () => {
    const pins = await plannedCommits(hub, at);
    await pruneRepository(at.repository, { pins, expire, signal });
  });
  return 'pruned';
}

/** Inside the turn of the writers nobody of this process plans; what others plan in copies of theirs is not here. */
async function plannedCommits(hub: Hub, at: ProjectRepository): Promise<ReadonlyMap<string, Oid>> {
  const pins = new Map<string, Oid>();
  for (const { id, projectId, execution } of await hub.store.requests.executing()) {
    const commit = execution?.planned?.commit;
    if (projectId !== at.project.id || commit === undefined) continue;
    if ((await at.reader.describe(commit)) !== undefined) pins.set(id, commit);
  }
  return pins;
}
