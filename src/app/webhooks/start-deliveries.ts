import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { sendDelivery, takeDeliveries } from './send-delivery.ts';
import { tellWebhooks } from './tell-webhooks.ts';

/** Receivers that are called at the same time. */
const atOnce = 32;

/** Milliseconds between looks at what is due. */
const look = 1000;

/** Milliseconds between two changes of the store that tell: each is a sync of the disk, however much it tells. */
const rest = 100;

/** Milliseconds in which calls under way may still end well when the server stops. */
const grace = 1000;

/** Tells webhooks of every change, at each nudge and as their deliveries fall due. A slow receiver holds up itself. */
export function startDeliveries(hub: Hub, onError: (error: unknown) => void): Pick<BackgroundLoop, 'stop'> {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  const sender = startLoop(
    async () => {
      for (const job of await takeDeliveries(hub, atOnce - running.size)) {
        const run = sendDelivery(hub, job, ending.signal)
          .catch(onError)
          .finally(() => {
            running.delete(run);
            // The next of its lane may be due.
            sender.nudge();
          });
        running.add(run);
      }
    },
    { every: look, onError },
  );
  const teller = startLoop(() => tellWebhooks(hub).then(sender.nudge), { every: look, rest, onError });
  const forget = hub.onWake('outbox', teller.nudge);
  return {
    stop: async () => {
      forget();
      await Promise.all([teller.stop(), sender.stop()]);
      const timer = setTimeout(() => ending.abort(), grace);
      await Promise.all(running);
      clearTimeout(timer);
    },
  };
}
