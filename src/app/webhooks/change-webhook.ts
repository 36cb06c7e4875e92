import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Webhook } from '../../store/webhooks.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findWebhook } from './find-webhook.ts';
import { dropWaiting } from './queue-delivery.ts';
import { type WebhookWithSecret, viewWebhook } from './view-webhook.ts';
import { newWebhookSecret } from './webhook-secret.ts';
import { checkWebhookUrl, openWebhookUrl, sealWebhookUrl, shownHost, shownUrl } from './webhook-url.ts';

/** What is absent stays as it is. */
export interface WebhookChange {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  readonly rotateSecret?: boolean | undefined;
}

/**
 * Changes a webhook; switching it off gives up what waits. A new secret is shown here and signs everything from now
 * on. Throws `webhook_url` or `not_visible`.
 */
export async function changeWebhook(
  hub: Hub,
  actor: Actor,
  { id, change: wish }: { readonly id: string; readonly change: WebhookChange },
): Promise<WebhookWithSecret> {
  demandRight(actor, 'webhooks');
  const shown = shownUrl(openWebhookUrl(hub, await findWebhook(hub.store, id)));
  // What was shown comes back from forms: it means the address as it is.
  const change = wish.url === shown ? { ...wish, url: undefined } : wish;
  if (change.url !== undefined) await checkWebhookUrl(change.url, hub.settings.webhooks);
  const renewed = change.rotateSecret === true ? newWebhookSecret(hub, id) : undefined;
  const changed = await saveChange(hub, async (tx) => {
    const sealedUrl = change.url === undefined ? undefined : sealWebhookUrl(hub, id, change.url);
    const sealed = { sealedSecret: renewed?.sealedSecret, sealedUrl };
    const after = changedBy(await findWebhook(tx, id), change, sealed);
    const now = hub.clock();
    await tx.webhooks.change(after);
    if (!after.enabled) await dropWaiting(tx, id, now);
    const { name, events, enabled, projectId } = after;
    const host = shownHost(openWebhookUrl(hub, after));
    await recordChange(tx, actor, {
      at: now,
      action: 'webhook.changed',
      object: { type: 'webhook', id },
      projectId,
      details: { changed: changedOf(change), name, host, events, enabled },
    });
    return after;
  });
  return { view: await viewWebhook(hub, changed), secret: renewed?.secret };
}

interface Sealed {
  readonly sealedSecret: string | undefined;
  readonly sealedUrl: string | undefined;
}

const changedBy = (before: Webhook, change: WebhookChange, { sealedSecret, sealedUrl }: Sealed): Webhook => ({
  ...before,
  name: change.name ?? before.name,
  sealedUrl: sealedUrl ?? before.sealedUrl,
  events: [...new Set(change.events ?? before.events)],
  enabled: change.enabled ?? before.enabled,
  sealedSecret: sealedSecret ?? before.sealedSecret,
});

const changedOf = (change: WebhookChange): readonly string[] =>
  Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [name]));
