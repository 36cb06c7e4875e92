import type { Hub } from '../hub.ts';
import { isSealedUrl, sealWebhookUrl } from './webhook-url.ts';

/** Seals the addresses that an earlier version kept as they were typed. No change of state: nothing for the audit. */
export async function sealWebhookUrls(hub: Hub): Promise<void> {
  const webhooks = await hub.store.webhooks.list({ limit: 1_000_000 });
  for (const webhook of webhooks.filter(({ sealedUrl }) => !isSealedUrl(sealedUrl)))
    await hub.store.tx((tx) =>
      tx.webhooks.change({ ...webhook, sealedUrl: sealWebhookUrl(hub, webhook.id, webhook.sealedUrl) }),
    );
}
