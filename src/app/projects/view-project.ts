import type { Actor } from '../../domain/people/actor.ts';
import { decide } from '../../domain/people/rights.ts';
import type { IndexProgress } from '../../store/index-progress.ts';
import type { Oid } from '../../tree/object.ts';
import type { Hub } from '../hub.ts';
import { type FetchState, fetchStateOf } from './fetch-state.ts';
import type { HubProject } from './hub-project.ts';
import { listEnvironments } from './list-environments.ts';

/** How far the deployment index is. `total` counts the commits of the history, once that is known. */
export interface IndexView {
  readonly state: 'idle' | 'running' | 'failed';
  readonly indexed: number;
  readonly total: number | undefined;
  readonly head: Oid | undefined;
  readonly error: string | undefined;
  readonly updatedAt: number | undefined;
}

/** A project as people look at it. */
export interface ProjectView {
  readonly project: HubProject;
  readonly head: Oid | undefined;
  /** In the order of promotion; none while there is nothing to read them from. */
  readonly environments: readonly string[];
  readonly index: IndexView;
  readonly fetch: FetchState;
  /** Of those that whoever looks may see. */
  readonly openRequests: number;
}

/** The project as this actor may see it. */
export async function viewProject(hub: Hub, actor: Actor, project: HubProject): Promise<ProjectView> {
  // What cannot be read now does not hide the project: its settings may be what is wrong.
  const head = await hub.repositories.use(project, (at) => at.tip()).catch(() => undefined);
  const environments = head === undefined ? [] : await listEnvironments(hub, project).catch(() => []);
  return {
    project,
    head,
    environments,
    index: indexView(await hub.store.indexProgress.get(project.id), head),
    fetch: await fetchStateOf(hub.store, project.id),
    openRequests: await countVisible(hub, actor, project.id),
  };
}

/** Open requests that the actor may see: one place of them is enough. */
async function countVisible({ store }: Hub, actor: Actor, projectId: string): Promise<number> {
  if (decide(actor, 'read', { projectId }).allowed) return store.requests.countOpen(projectId);
  const places = await store.requests.openPlaces(projectId);
  const readable = places.filter(
    ({ tenant, environment }) => decide(actor, 'read', { projectId, tenant, environment }).allowed,
  );
  return new Set(readable.map(({ requestId }) => requestId)).size;
}

export function indexView(progress: IndexProgress | undefined, head: Oid | undefined): IndexView {
  if (progress === undefined) {
    const state = head === undefined ? 'idle' : 'running';
    return { state, indexed: 0, total: undefined, head: undefined, error: undefined, updatedAt: undefined };
  }
  const upToDate = progress.complete && (head === undefined || progress.head === head);
  return {
    state: progress.error === undefined ? (upToDate ? 'idle' : 'running') : 'failed',
    indexed: Math.max(0, progress.newest - progress.oldest + 1),
    total: progress.head === '' ? undefined : progress.newest,
    head: progress.head === '' ? undefined : progress.head,
    error: progress.error,
    updatedAt: progress.updatedAt,
  };
}
