import type { Actor } from '../../domain/people/actor.ts';
import { demandRight } from '../../domain/people/rights.ts';
import type { Hub } from '../hub.ts';
import { type Page, type PageWish, pageOf } from '../people/page-of.ts';
import { findProject } from '../projects/find-project.ts';
import { type WebhookView, viewWebhook } from './view-webhook.ts';

/** Webhooks, oldest first; of one project when it is named, without those of all projects. */
export async function listWebhooks(
  hub: Hub,
  actor: Actor,
  wish: PageWish & { readonly project?: string | undefined },
): Promise<Page<WebhookView>> {
  demandRight(actor, 'webhooks');
  const { project } = wish;
  const projectId = project === undefined ? undefined : (await findProject(hub.store, actor, project)).id;
  const { items, next } = await pageOf(wish, (after, limit) =>
    hub.store.webhooks.list({ projectId, after, limit }),
  );
  return { items: await Promise.all(items.map((webhook) => viewWebhook(hub, webhook))), next };
}
