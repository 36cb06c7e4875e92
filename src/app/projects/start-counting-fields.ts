import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { countFields } from './count-fields.ts';
import type { ProjectSettings } from './hub-project.ts';
import type { ProjectErrorListener } from './start-indexing.ts';

/** Milliseconds between looks for deployments that are new. */
const look = 2000;

/**
 * Fills in how many fields each deployment changed, some of each project in turn, so that a long history of one keeps
 * no other waiting.
 */
export function startCountingFields(hub: Hub, onError: ProjectErrorListener): BackgroundLoop {
  return startLoop(
    async (signal) => {
      for (const { id } of await hub.store.projects.list<ProjectSettings>()) {
        if (signal.aborted) return;
        await countFields(hub, id, { signal, onError }).catch((error: unknown) => onError(error, id));
      }
    },
    { every: look, onError: (error) => onError(error, '') },
  );
}
