import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from './hub-project.ts';
import { maintainProject } from './maintain-project.ts';
import type { ProjectErrorListener } from './start-indexing.ts';

/** Milliseconds between looks: a look reads two folders of each repository. */
const look = 600_000;

/** Keeps the repositories of all projects well packed, one after the other. */
export function startMaintenance(hub: Hub, onError: ProjectErrorListener): BackgroundLoop {
  return startLoop(
    async (signal) => {
      for (const project of await hub.store.projects.list<ProjectSettings>()) {
        if (signal.aborted) return;
        await maintainProject(hub, project, { signal }).catch((error: unknown) => {
          // Whoever stops the loop stops git.
          if (!signal.aborted) onError(error, project.id);
        });
      }
    },
    { every: look, onError: (error) => onError(error, '') },
  );
}
