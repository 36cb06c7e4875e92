import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from './hub-project.ts';
import { indexHistory } from './index-history.ts';

/** Told what stopped the work for a project; it is tried again at the next nudge. */
export type ProjectErrorListener = (error: unknown, projectId: string) => void;

/** Keeps the deployment index of every project at the head of its branch: at each nudge, and every half minute. */
export function startIndexing(hub: Hub, onError: ProjectErrorListener): BackgroundLoop {
  const loop = startLoop(
    async (signal) => {
      for (const { id } of await hub.store.projects.list<ProjectSettings>()) {
        if (signal.aborted) return;
        await indexHistory(hub, id).catch((error: unknown) => onError(error, id));
      }
    },
    { every: 30_000, onError: (error) => onError(error, '') },
  );
  const stopListening = hub.onWake('index', loop.nudge);
  return {
    ...loop,
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}
