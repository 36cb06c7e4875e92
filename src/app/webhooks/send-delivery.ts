import { Refusal } from '../../domain/refusal/refusal.ts';
import { OutboundError } from '../../outbound/outbound-error.ts';
import { post } from '../../outbound/post.ts';
import { signDelivery } from '../../outbound/sign-delivery.ts';
import { failPoint } from '../../std/fail-point.ts';
import type { Delivery, DeliveryAttempt } from '../../store/deliveries.ts';
import type { Job } from '../../store/outbox.ts';
import type { Webhook } from '../../store/webhooks.ts';
import type { Hub } from '../hub.ts';
import { type DeliveryJob, deliveryTopic, dropWaiting } from './queue-delivery.ts';
import { saveAttempt } from './save-attempt.ts';
import { openWebhookSecret } from './webhook-secret.ts';
import { openWebhookUrl } from './webhook-url.ts';

/** Milliseconds that a receiver has for its answer, and for which a job is ours; whoever died loses it then. */
const patience = 10_000;
const hold = 60_000;

/** Takes what is due: of each lane the first, for this server alone. */
export async function takeDeliveries(hub: Hub, limit: number): Promise<readonly Job<DeliveryJob>[]> {
  const now = hub.clock();
  if (limit <= 0 || !(await hub.store.outbox.due(deliveryTopic, now))) return [];
  const time = { now, until: now + hold, limit };
  return hub.store.tx((tx) => tx.outbox.take<DeliveryJob>([deliveryTopic], hub.instance, time));
}

/**
 * Sends a delivery that was taken, and writes down what came of it: delivered, to be tried again, or given up. What
 * was sent and could not be written down is sent again under the same id. A call that `signal` ends counts as none.
 */
export async function sendDelivery(hub: Hub, job: Job<DeliveryJob>, signal: AbortSignal): Promise<void> {
  const delivery = await hub.store.deliveries.get(job.payload.deliveryId);
  const webhook = delivery && (await hub.store.webhooks.get(delivery.webhookId));
  if (!delivery || !webhook?.enabled) return drop(hub, job, webhook);
  const attempt = await tryOnce(hub, { delivery, webhook, signal });
  await failPoint('app.delivery.posted');
  if (attempt) await saveAttempt(hub, { job, delivery, attempt });
  else await putBack(hub, job);
}

/** It was deleted or switched off since this job was taken. */
const drop = (hub: Hub, job: Job<DeliveryJob>, webhook: Webhook | undefined): Promise<void> =>
  hub.store.tx(async (tx) => {
    await tx.outbox.done(job.id, hub.instance);
    if (webhook) await dropWaiting(tx, webhook.id, hub.clock());
  });

async function putBack(hub: Hub, { id }: Job<DeliveryJob>): Promise<void> {
  const now = hub.clock();
  await hub.store.tx((tx) => tx.outbox.failed(id, hub.instance, { error: 'stopped', now, runAt: now }));
}

interface Sending {
  readonly delivery: Delivery;
  readonly webhook: Webhook;
  readonly signal: AbortSignal;
}

/** One call; undefined when we gave it up ourselves. */
async function tryOnce(
  hub: Hub,
  { delivery: { id, payload: body }, webhook, signal }: Sending,
): Promise<DeliveryAttempt | undefined> {
  const at = hub.clock();
  const ended = () => ({ at, milliseconds: Math.max(0, hub.clock() - at) });
  try {
    const headers = signDelivery({ id, at, body }, openWebhookSecret(hub, webhook));
    const rules = { ...hub.settings.webhooks, timeout: patience, signal };
    const { status, text } = await post({ url: openWebhookUrl(hub, webhook), headers, body }, rules);
    return { ...ended(), status, error: undefined, answer: text };
  } catch (error) {
    if (error instanceof Refusal) return { ...ended(), status: undefined, error: error.message, answer: '' };
    if (!(error instanceof OutboundError)) throw error;
    if (error.code === 'stopped') return undefined;
    return { ...ended(), status: error.status, error: error.message, answer: error.answer };
  }
}
