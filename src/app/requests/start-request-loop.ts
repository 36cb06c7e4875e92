import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { expireRequests } from './expire-requests.ts';
import { recoverExecutions } from './recover-executions.ts';

/** After this long without an end, an execution of another process counts as left in the middle. */
const patience = 60_000;

/**
 * Expires requests whose time is over, and finishes executions that somebody left in the middle: at each nudge and
 * every quarter of a minute. `onError` is told what could not be finished yet; it is tried again.
 */
export function startRequestLoop(hub: Hub, onError: (error: unknown) => void): BackgroundLoop {
  const loop = startLoop(
    async () => {
      await expireRequests(hub);
      for (const { error } of await recoverExecutions(hub, { olderThan: patience }))
        if (error !== undefined) onError(error);
    },
    { every: 15_000, onError },
  );
  const stopListening = hub.onWake('requests', loop.nudge);
  return {
    ...loop,
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}
