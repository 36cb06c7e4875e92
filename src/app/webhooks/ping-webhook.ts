import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { eventBody } from './event-body.ts';
import { findDelivery, findEnabledWebhook } from './find-webhook.ts';
import { ownLaneOf, queueDelivery } from './queue-delivery.ts';
import type { DeliveryView } from './view-webhook.ts';

/** Sends a test event past everything that waits. Throws `webhook_off`. */
export async function pingWebhook(hub: Hub, actor: Actor, webhookId: string): Promise<DeliveryView> {
  demandRight(actor, 'webhooks');
  const delivery = await saveChange(hub, async (tx) => {
    const { name, projectId } = await findEnabledWebhook(tx, webhookId);
    const createdAt = hub.clock();
    const id = hub.newId('dlv_');
    const { entry } = await recordChange(tx, actor, {
      at: createdAt,
      action: 'webhook.pinged',
      object: { type: 'webhook', id: webhookId },
      projectId,
      details: { name, delivery: id },
    });
    const payload = await eventBody(hub, tx, entry);
    await queueDelivery(
      tx,
      { id, webhookId, event: entry.action, payload, createdAt },
      ownLaneOf({ id, webhookId }),
    );
    return findDelivery(tx, id);
  });
  return { delivery, attempts: [] };
}
