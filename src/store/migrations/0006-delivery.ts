import type { Migration } from './migration.ts';

/** Work that follows a saved change, webhooks, and replies kept for clients that ask twice. */
export const delivery: Migration = {
  name: '0006-delivery',
  statements: `
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  lane text not null,
  payload text not null,
  attempts bigint not null,
  run_at bigint not null,
  created_at bigint not null,
  holder text,
  held_until bigint not null,
  last_error text,
  dead_at bigint
);
create index outbox_due on outbox (run_at) where dead_at is null;
create index outbox_lane on outbox (lane, id) where dead_at is null;
create table webhooks (
  id text primary key,
  project_id text,
  url text not null,
  events text not null,
  sealed_secret text not null,
  enabled bigint not null,
  version bigint not null,
  created_by text not null,
  created_at bigint not null
);
create index webhooks_project on webhooks (project_id);
create table deliveries (
  id text primary key,
  webhook_id text not null references webhooks (id) on delete cascade,
  event text not null,
  payload text not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts bigint not null,
  status bigint,
  answer text,
  created_at bigint not null,
  finished_at bigint
);
create index deliveries_webhook on deliveries (webhook_id, id);
create index deliveries_age on deliveries (created_at);
create table idempotency_keys (
  client text not null,
  key text not null,
  fingerprint text not null,
  reply text,
  started_at bigint not null,
  expires_at bigint not null,
  primary key (client, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
`,
};
