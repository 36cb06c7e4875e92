import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { verifyRequests } from './verify-requests.ts';

/** Looks at completed requests after each report of a cluster and every ten seconds, until they are settled. */
export function startVerifying(hub: Hub, onError: (error: unknown) => void): BackgroundLoop {
  const loop = startLoop((signal) => verifyRequests(hub, { signal, onError }), { every: 10_000, onError });
  const stopListening = hub.onWake('clusters', loop.nudge);
  return {
    ...loop,
    stop: async () => {
      stopListening();
      await loop.stop();
    },
  };
}
