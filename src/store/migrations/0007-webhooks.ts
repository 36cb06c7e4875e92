import type { Migration } from './migration.ts';

/** Names of webhooks, each attempt at a delivery, and when the next one is. */
export const webhooks: Migration = {
  name: '0007-webhooks',
  statements: `
alter table webhooks add column name text not null default '';
alter table deliveries drop column answer;
alter table deliveries add column tried_at bigint;
alter table deliveries add column next_at bigint;
create index deliveries_tried on deliveries (webhook_id, tried_at);
create table delivery_attempts (
  delivery_id text not null references deliveries (id) on delete cascade,
  number bigint not null,
  at bigint not null,
  milliseconds bigint not null,
  status bigint,
  error text,
  answer text not null,
  primary key (delivery_id, number)
) /* clustered */;
`,
};
