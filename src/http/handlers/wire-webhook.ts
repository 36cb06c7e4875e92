import type { ResultOf } from '../../contract/operations.ts';
import { wireTime, wireTimeOrNull } from '../../contract/primitives.ts';
import type { DeliveryView, WebhookView, WebhookWithSecret } from '../../app/webhooks/view-webhook.ts';

type Wire = ResultOf<'getWebhook'>;
type WireDelivery = ResultOf<'pingWebhook'>;

function lastOf({ last }: WebhookView): Wire['lastDelivery'] {
  if (last?.triedAt === undefined) return null;
  const { status = null } = last;
  return { at: wireTime(last.triedAt), status, ok: status !== null && status >= 200 && status < 300 };
}

/** A webhook, never with its secret. */
export const wireWebhook = (view: WebhookView): Wire => ({
  id: view.webhook.id,
  name: view.webhook.name,
  project: view.project ?? null,
  url: view.url,
  events: [...view.webhook.events],
  enabled: view.webhook.enabled,
  createdAt: wireTime(view.webhook.createdAt),
  lastDelivery: lastOf(view),
});

/** The same when its secret was made just now. */
export const wireWebhookWithSecret = ({ view, secret }: WebhookWithSecret): ResultOf<'createWebhook'> => ({
  webhook: wireWebhook(view),
  secret: secret ?? null,
});

/** A delivery with its attempts. */
export const wireDelivery = ({ delivery, attempts }: DeliveryView): WireDelivery => ({
  id: delivery.id,
  event: delivery.event,
  state: delivery.state === 'pending' ? 'waiting' : delivery.state,
  attempts: attempts.map(({ at, milliseconds, status, error, answer }) => ({
    at: wireTime(at),
    status: status ?? null,
    error: error ?? null,
    answer,
    milliseconds,
  })),
  nextAttemptAt: wireTimeOrNull(delivery.nextAt),
  createdAt: wireTime(delivery.createdAt),
});
