import type { Delivery, DeliveryAttempt } from '../../store/deliveries.ts';
import type { Webhook } from '../../store/webhooks.ts';
import type { Tables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';
import type { ProjectSettings } from '../projects/hub-project.ts';
import { openWebhookUrl, shownUrl } from './webhook-url.ts';

/** A webhook as people look at it. */
export interface WebhookView {
  readonly webhook: Webhook;
  /** The address without what is secret in it. */
  readonly url: string;
  /** The slug of its project; the id of one that was deleted; undefined for all projects. */
  readonly project: string | undefined;
  /** The delivery that was tried last. */
  readonly last: Delivery | undefined;
}

/** With its secret on the one occasion when it is shown. */
export interface WebhookWithSecret {
  readonly view: WebhookView;
  readonly secret: string | undefined;
}

/** A delivery with all attempts at it, oldest first. */
export interface DeliveryView {
  readonly delivery: Delivery;
  readonly attempts: readonly DeliveryAttempt[];
}

/** Adds what stands elsewhere. */
export async function viewWebhook(hub: Hub, webhook: Webhook): Promise<WebhookView> {
  const { store: tables } = hub;
  const { projectId } = webhook;
  const project = projectId === undefined ? undefined : await tables.projects.get<ProjectSettings>(projectId);
  return {
    webhook,
    url: shownUrl(openWebhookUrl(hub, webhook)),
    project: project?.slug ?? projectId,
    last: await tables.deliveries.lastTried(webhook.id),
  };
}

/** Adds the attempts to deliveries, for all in one question. */
export async function viewDeliveries(
  { deliveries }: Pick<Tables, 'deliveries'>,
  found: readonly Delivery[],
): Promise<readonly DeliveryView[]> {
  const attempts = await deliveries.attemptsAt(found.map(({ id }) => id));
  return found.map((delivery) => ({ delivery, attempts: attempts.get(delivery.id) ?? [] }));
}
