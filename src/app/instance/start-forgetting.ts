import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';

const hour = 60 * 60_000;
/** How long one can look up what was sent to webhooks. */
const deliveriesKept = 30 * 24 * hour;

/** Drops what nothing asks for any more, every hour: Idempotency-Keys, and deliveries of 30 days ago. */
export const startForgetting = (hub: Hub, onError: (error: unknown) => void): BackgroundLoop =>
  startLoop(
    async () => {
      const now = hub.clock();
      await hub.store.idempotencyKeys.forget(now);
      await hub.store.deliveries.forget(now - deliveriesKept);
      await hub.store.outbox.forget(now - deliveriesKept);
    },
    { every: hour, onError },
  );
