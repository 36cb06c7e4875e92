import type { Migration } from './migration.ts';

/** Addresses of webhooks carry secrets, so they are kept sealed. Those from before are sealed by the next start. */
export const sealedWebhookUrls: Migration = {
  name: '0013-sealed-webhook-urls',
  statements: `
alter table webhooks rename column url to sealed_url;
`,
};
