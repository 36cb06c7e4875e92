import type { Hub } from '../../app/hub.ts';
import { changeWebhook } from '../../app/webhooks/change-webhook.ts';
import { createWebhook } from '../../app/webhooks/create-webhook.ts';
import { deleteWebhook } from '../../app/webhooks/delete-webhook.ts';
import { getWebhook } from '../../app/webhooks/get-webhook.ts';
import { listDeliveries } from '../../app/webhooks/list-deliveries.ts';
import { listWebhooks } from '../../app/webhooks/list-webhooks.ts';
import { pingWebhook } from '../../app/webhooks/ping-webhook.ts';
import { redeliver } from '../../app/webhooks/redeliver.ts';
import type { webhookOperations } from '../../contract/operations/webhooks.ts';
import type { HandlersOf } from '../handler.ts';
import { wirePage } from './wire-account.ts';
import { wireDelivery, wireWebhook, wireWebhookWithSecret } from './wire-webhook.ts';

/** Where events are sent to, and what came of it. */
export const webhookHandlers = (hub: Hub): HandlersOf<typeof webhookOperations> => ({
  listWebhooks: async ({ actor, query }) => wirePage(await listWebhooks(hub, actor, query), wireWebhook),
  createWebhook: async ({ actor, body }) => wireWebhookWithSecret(await createWebhook(hub, actor, body)),
  getWebhook: async ({ actor, params }) => wireWebhook(await getWebhook(hub, actor, params.id)),
  changeWebhook: async ({ actor, params, body }) =>
    wireWebhookWithSecret(await changeWebhook(hub, actor, { id: params.id, change: body })),
  deleteWebhook: async ({ actor, params }) => {
    await deleteWebhook(hub, actor, params.id);
    return undefined;
  },
  listDeliveries: async ({ actor, params, query }) => {
    const state = query.state === 'waiting' ? 'pending' : query.state;
    return wirePage(await listDeliveries(hub, actor, { ...query, id: params.id, state }), wireDelivery);
  },
  pingWebhook: async ({ actor, params }) => wireDelivery(await pingWebhook(hub, actor, params.id)),
  redeliver: async ({ actor, params }) => wireDelivery(await redeliver(hub, actor, params.id)),
});
