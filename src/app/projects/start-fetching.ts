import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { fetchUpstream } from './fetch-upstream.ts';
import type { HubProject, ProjectSettings } from './hub-project.ts';
import type { ProjectErrorListener } from './start-indexing.ts';

/** Milliseconds between looks at what is due. */
const look = 1000;
/** Upstreams that are asked at the same time. */
const atOnce = 4;

/** Fetches every connected project as often as it says, for each server has its own copy. */
export function startFetching(hub: Hub, onError: ProjectErrorListener): BackgroundLoop {
  const fetched = new Map<string, number>();
  const isDue = ({ id, settings }: HubProject): boolean =>
    (fetched.get(id) ?? 0) + (settings.upstream?.fetchSeconds ?? 60) * 1000 <= hub.clock();
  return startLoop(
    async (signal) => {
      const projects = await hub.store.projects.list<ProjectSettings>();
      const due = projects.filter((project) => project.kind === 'connected' && isDue(project));
      const next = async (): Promise<void> => {
        for (let project = due.shift(); project !== undefined; project = due.shift()) {
          if (signal.aborted) return;
          const { id } = project;
          fetched.set(id, hub.clock());
          await fetchUpstream(hub, project).catch((error: unknown) => onError(error, id));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, next));
    },
    { every: look, onError: (error) => onError(error, '') },
  );
}
