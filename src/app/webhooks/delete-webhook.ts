import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findWebhook } from './find-webhook.ts';
import { dropWaiting } from './queue-delivery.ts';
import { hostOfWebhook } from './webhook-url.ts';

/** Deletes a webhook with its log; what waits for delivery is dropped. Throws `not_visible`. */
export async function deleteWebhook(hub: Hub, actor: Actor, id: string): Promise<void> {
  demandRight(actor, 'webhooks');
  await saveChange(hub, async (tx) => {
    const webhook = await findWebhook(tx, id);
    const { name, projectId } = webhook;
    const at = hub.clock();
    await dropWaiting(tx, id, at);
    await tx.webhooks.remove(id);
    await recordChange(tx, actor, {
      at,
      action: 'webhook.deleted',
      object: { type: 'webhook', id },
      projectId,
      details: { name, host: hostOfWebhook(hub, webhook) },
    });
  });
}
