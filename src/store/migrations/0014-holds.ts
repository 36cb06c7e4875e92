import type { Migration } from './migration.ts';

/** Values that rollbacks took away and that may not come back for a while. */
export const holds: Migration = {
  name: '0014-holds',
  statements: `
create table holds (
  id text primary key,
  project_id text not null,
  tenant text not null,
  environment text not null,
  service text,
  file text not null,
  address text not null,
  field text not null,
  value text not null,
  request_id text not null,
  git_commit text not null,
  set_at bigint not null,
  expires_at bigint not null,
  lifted_at bigint,
  lifted_by text,
  lift_reason text,
  unique (request_id, address)
);
create index holds_in_force on holds (project_id, expires_at);
`,
};
