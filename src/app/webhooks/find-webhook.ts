import { Refusal } from '../../domain/refusal/refusal.ts';
import type { Tables } from '../../store/tables.ts';
import type { Delivery } from '../../store/deliveries.ts';
import type { Webhook } from '../../store/webhooks.ts';

/** Throws `not_visible`. */
export async function findWebhook({ webhooks }: Pick<Tables, 'webhooks'>, id: string): Promise<Webhook> {
  const found = await webhooks.get(id);
  if (!found) throw new Refusal('not_visible', { what: 'this webhook' });
  return found;
}

/** Throws `webhook_off` for one that nothing is sent to, besides `not_visible`. */
export async function findEnabledWebhook(tables: Pick<Tables, 'webhooks'>, id: string): Promise<Webhook> {
  const found = await findWebhook(tables, id);
  if (!found.enabled) throw new Refusal('webhook_off', { name: found.name });
  return found;
}

/** Throws `not_visible`. */
export async function findDelivery(
  { deliveries }: Pick<Tables, 'deliveries'>,
  id: string,
): Promise<Delivery> {
  const found = await deliveries.get(id);
  if (!found) throw new Refusal('not_visible', { what: 'this delivery' });
  return found;
}
