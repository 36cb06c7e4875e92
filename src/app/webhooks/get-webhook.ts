import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import { findWebhook } from './find-webhook.ts';
import { type WebhookView, viewWebhook } from './view-webhook.ts';

/** One webhook. Throws `not_visible`. */
export async function getWebhook(hub: Hub, actor: Actor, id: string): Promise<WebhookView> {
  demandRight(actor, 'webhooks');
  return viewWebhook(hub, await findWebhook(hub.store, id));
}
