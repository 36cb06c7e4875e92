import type { Hub } from '../../app/hub.ts';
import type { IdempotencyKeys } from '../idempotency.ts';

/** Milliseconds for which a reply is kept. */
const KEPT = 24 * 60 * 60_000;
/** A call without an end after this long died with its server: longer than any call is let run. */
const LONGEST_CALL = 10 * 60_000;

/** Keys in the database of a hub, so that every server on it knows them: for `buildServer`. */
export const idempotencyKeys = ({ store, clock }: Hub): IdempotencyKeys => ({
  start: (call) => {
    const now = clock();
    return store.idempotencyKeys.start(call, { now, staleBefore: now - LONGEST_CALL, expiresAt: now + KEPT });
  },
  finish: (once, reply) => store.idempotencyKeys.finish(once, reply),
  letGo: (once, reply) => store.idempotencyKeys.letGo(once, reply),
});
