import type { AuditEntry } from '../../domain/audit/audit-entry.ts';
import { hearsEvent } from '../../domain/event/event-pattern.ts';
import type { TransactionTables } from '../../store/tables.ts';
import type { Webhook } from '../../store/webhooks.ts';
import { type EventJob, eventTopic } from '../audit/record-change.ts';
import type { Hub } from '../hub.ts';
import { eventBody } from './event-body.ts';
import { laneOf, queueDelivery } from './queue-delivery.ts';

/** Events of one transaction; others wait for it. */
const batch = 100;

/** Makes a delivery for each webhook that hears of a change, for all changes that were not told yet, in their order. */
export async function tellWebhooks(hub: Hub): Promise<void> {
  while (await hub.store.outbox.holds(eventTopic)) {
    const told = await hub.store.tx((tx) => tellBatch(hub, tx));
    if (told < batch) return;
  }
}

/** How many events are told of: they leave the outbox in the transaction that adds their deliveries. */
async function tellBatch(hub: Hub, tx: TransactionTables): Promise<number> {
  const jobs = await tx.outbox.drain<EventJob>(eventTopic, batch);
  const webhooks = await tx.webhooks.enabled();
  if (webhooks.length > 0)
    for (const entry of await entriesOf(tx, jobs)) {
      const hearing = webhooks.filter((webhook) => hears(webhook, entry));
      if (hearing.length > 0) await queueEvent(hub, tx, { entry, hearing });
    }
  return jobs.length;
}

async function entriesOf(
  tx: TransactionTables,
  jobs: readonly { readonly payload: EventJob }[],
): Promise<readonly AuditEntry[]> {
  const wanted = new Set(jobs.map(({ payload }) => payload.seq));
  if (wanted.size === 0) return [];
  const first = Math.min(...wanted);
  const rows = await tx.audit.after(first - 1, Math.max(...wanted) - first + 1);
  return rows.map(({ entry }) => entry).filter(({ seq }) => wanted.has(seq));
}

/** What happened before it was there is not told to a webhook. */
const hears = ({ projectId, events, createdAt }: Webhook, entry: AuditEntry): boolean =>
  (projectId === undefined || projectId === entry.projectId) &&
  createdAt <= entry.at &&
  hearsEvent(events, entry.action);

async function queueEvent(
  hub: Hub,
  tx: TransactionTables,
  { entry, hearing }: { readonly entry: AuditEntry; readonly hearing: readonly Webhook[] },
): Promise<void> {
  const payload = await eventBody(hub, tx, entry);
  const createdAt = hub.clock();
  for (const { id: webhookId } of hearing) {
    const delivery = { id: hub.newId('dlv_'), webhookId, event: entry.action, payload, createdAt };
    await queueDelivery(tx, delivery, laneOf(webhookId));
  }
}
