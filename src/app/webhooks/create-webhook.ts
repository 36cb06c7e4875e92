import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Webhook } from '../../store/webhooks.ts';
import { recordChange } from '../audit/record-change.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { findProject } from '../projects/find-project.ts';
import { type WebhookWithSecret, viewWebhook } from './view-webhook.ts';
import { newWebhookSecret } from './webhook-secret.ts';
import { checkWebhookUrl, sealWebhookUrl, shownHost } from './webhook-url.ts';

export interface WebhookInput {
  readonly name: string;
  /** A slug; null for all projects. */
  readonly project: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly enabled?: boolean | undefined;
}

/** Adds a webhook with a secret of its own, which is shown here and never again. Throws `webhook_url`. */
export async function createWebhook(hub: Hub, actor: Actor, input: WebhookInput): Promise<WebhookWithSecret> {
  demandRight(actor, 'webhooks');
  const project = input.project === null ? undefined : await findProject(hub.store, actor, input.project);
  await checkWebhookUrl(input.url, hub.settings.webhooks);
  const id = hub.newId('whk_');
  const { secret, sealedSecret } = newWebhookSecret(hub, id);
  const { name, url, events, enabled = true } = input;
  const webhook: Webhook = {
    id,
    name,
    projectId: project?.id,
    sealedUrl: sealWebhookUrl(hub, id, url),
    events: [...new Set(events)],
    sealedSecret,
    enabled,
    version: 1,
    createdBy: actor.id,
    createdAt: hub.clock(),
  };
  await saveChange(hub, async (tx) => {
    await tx.webhooks.add(webhook);
    await recordChange(tx, actor, {
      at: webhook.createdAt,
      action: 'webhook.created',
      object: { type: 'webhook', id },
      projectId: project?.id,
      details: { name, host: shownHost(url), events: webhook.events, enabled },
    });
  });
  return { view: await viewWebhook(hub, webhook), secret };
}
