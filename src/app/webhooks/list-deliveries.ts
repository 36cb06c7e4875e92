import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { DeliveryState } from '../../store/deliveries.ts';
import type { Hub } from '../hub.ts';
import { type Page, type PageWish, pageOf } from '../people/page-of.ts';
import { findWebhook } from './find-webhook.ts';
import { type DeliveryView, viewDeliveries } from './view-webhook.ts';

/** What was sent to a webhook and what came back, newest first. Throws `not_visible`. */
export async function listDeliveries(
  hub: Hub,
  actor: Actor,
  wish: PageWish & { readonly id: string; readonly state?: DeliveryState | undefined },
): Promise<Page<DeliveryView>> {
  demandRight(actor, 'webhooks');
  const { id, state } = wish;
  await findWebhook(hub.store, id);
  const { items, next } = await pageOf(wish, (before, limit) =>
    hub.store.deliveries.of(id, { state, before, limit }),
  );
  return { items: await viewDeliveries(hub.store, items), next };
}
