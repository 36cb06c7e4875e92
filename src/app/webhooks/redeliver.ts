import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { invariant } from '../../std/invariant.ts';
import type { Delivery } from '../../store/deliveries.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findDelivery, findEnabledWebhook } from './find-webhook.ts';
import { laneOf, ownLaneOf, queueJob } from './queue-delivery.ts';
import { type DeliveryView, viewDeliveries } from './view-webhook.ts';

/**
 * Sends one delivery again under its old id; one that still waits is tried now instead of later, after those before
 * it. Throws `not_visible` or `webhook_off`.
 */
export async function redeliver(hub: Hub, actor: Actor, id: string): Promise<DeliveryView> {
  demandRight(actor, 'webhooks');
  await saveChange(hub, async (tx) => {
    const delivery = await findDelivery(tx, id);
    const { name, projectId } = await findEnabledWebhook(tx, delivery.webhookId);
    const at = hub.clock();
    await tx.deliveries.reopen(id, at);
    if (delivery.state === 'pending') await hurry(tx, delivery, at);
    else await sendAgain(tx, delivery, at);
    await recordChange(tx, actor, {
      at,
      action: 'webhook.redelivered',
      object: { type: 'webhook', id: delivery.webhookId },
      projectId,
      details: { name, delivery: id, event: delivery.event },
    });
  });
  const [view] = await viewDeliveries(hub.store, [await findDelivery(hub.store, id)]);
  invariant(view, 'one delivery has one view');
  return view;
}

async function hurry(tx: TransactionTables, delivery: Delivery, at: number): Promise<void> {
  await tx.outbox.hurry(laneOf(delivery.webhookId), at);
  await tx.outbox.hurry(ownLaneOf(delivery), at);
}

async function sendAgain(tx: TransactionTables, delivery: Delivery, at: number): Promise<void> {
  const job = { deliveryId: delivery.id };
  // The one that was given up is no dead letter any more.
  await tx.outbox.dropJob(laneOf(delivery.webhookId), job);
  await tx.outbox.drop(ownLaneOf(delivery));
  await queueJob(tx, job, { lane: ownLaneOf(delivery), at });
}
