import type { Actor } from '../../domain/people/actor.ts';
import type { AuditRow } from '../../domain/audit/audit-entry.ts';
import { decide, decideSomewhere } from '../../domain/people/rights.ts';
import type { TenantEnvironment } from '../../domain/plan/scope.ts';
import type { BackgroundLoop } from '../background-loop.ts';
import { startLoop } from '../background-loop.ts';
import type { Hub } from '../hub.ts';
import { actorNow } from '../people/actor-now.ts';

/** Told of each new row of the audit log, in its order. */
export type EventListener = (row: AuditRow) => void;

/** What happens on this instance, whichever server did it: the audit log as a stream. */
export interface EventLog {
  readonly listen: (listener: EventListener) => () => void;
  readonly stop: () => Promise<void>;
}

const batch = 500;

/** Milliseconds between two looks at the log, whatever happens meanwhile. */
const rest = 50;

/** Follows the audit log from where it is now: at each nudge, and every second for what other servers did. */
export async function followAudit(
  hub: Hub,
  onError: (error: unknown) => void,
  every = 1000,
): Promise<EventLog> {
  const listeners = new Set<EventListener>();
  let { seq } = await hub.store.audit.head();
  const loop: BackgroundLoop = startLoop(
    async (signal) => {
      while (!signal.aborted) {
        const rows = await hub.store.audit.after(seq, batch);
        for (const row of rows) for (const listener of listeners) listener(row);
        seq = rows.at(-1)?.entry.seq ?? seq;
        if (rows.length < batch) return;
      }
    },
    { every, rest, onError },
  );
  const forget = hub.onWake('outbox', loop.nudge);
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      forget();
      await loop.stop();
    },
  };
}

/** Rows after one that a client saw; `complete` is false when there are too many to catch up with. */
export async function eventsSince(
  hub: Hub,
  seq: number,
): Promise<{ readonly rows: readonly AuditRow[]; readonly complete: boolean }> {
  const rows = await hub.store.audit.after(seq, batch);
  return { rows, complete: rows.length < batch };
}

/** May this actor be told of the row now? `end` when their credential does not count any more. */
export async function mayHear(hub: Hub, actor: Actor, row: AuditRow): Promise<boolean | 'end'> {
  const now = await actorNow(hub, actor);
  if (now === undefined) return 'end';
  const { projectId } = row.entry;
  if (projectId === undefined) return decide(now, 'audit').allowed;
  if (decide(now, 'read', { projectId }).allowed) return true;
  const places = await placesIn(hub, row);
  if (!places) return decideSomewhere(now, 'read', projectId).allowed;
  return places.some((place) => decide(now, 'read', { projectId, ...place }).allowed);
}

/** The tenant-environments that a row is about; undefined for what happened to the project as a whole. */
async function placesIn(
  { store }: Hub,
  { entry }: AuditRow,
): Promise<readonly TenantEnvironment[] | undefined> {
  const { requestId, details } = entry;
  if (requestId !== undefined) return (await store.requests.get(requestId))?.scope.where ?? [];
  const { tenant, environment } = details;
  return typeof tenant === 'string' && typeof environment === 'string'
    ? [{ tenant, environment }]
    : undefined;
}
