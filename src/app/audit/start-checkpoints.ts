import { isCheckpointDue } from '../../domain/audit/audit-checkpoint.ts';
import { type BackgroundLoop, startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { signCheckpoint } from './sign-checkpoint.ts';

/** Milliseconds between looks at how far the log has come, and until the next try after one that failed. */
const look = 1000;
const pause = 60_000;

/**
 * Signs where the audit log stands, every minute or thousand rows, while there are new ones. Any number of servers may
 * do it. `onError` is told when the log does not hold: then nothing is signed any more, and work goes on.
 */
export function startCheckpoints(hub: Hub, onError: (error: unknown) => void): BackgroundLoop {
  let pausedUntil = -Infinity;
  return startLoop(
    async () => {
      const now = hub.clock();
      if (now < pausedUntil) return;
      const [{ seq }, newest] = [await hub.store.audit.head(), await hub.store.audit.newestCheckpoint()];
      if (!isCheckpointDue(newest, seq, now)) return;
      pausedUntil = now + pause;
      await signCheckpoint(hub);
      pausedUntil = -Infinity;
    },
    { every: look, onError },
  );
}
