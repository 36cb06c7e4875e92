import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';

/** Drops what nothing asks for any more, every hour: so far, Idempotency-Keys whose time is over. */
export const startForgetting = (hub: Hub, onError: (error: unknown) => void): BackgroundLoop =>
  startLoop(() => hub.store.idempotencyKeys.forget(hub.clock()), { every: 60 * 60_000, onError });
