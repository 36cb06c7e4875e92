import type { Migration } from './migration.ts';

/** Accounts, what they sign in with, and what they may do. Secrets are kept as hashes only. */
export const people: Migration = {
  name: '0001-people',
  statements: `
create table accounts (
  id text primary key,
  kind text not null check (kind in ('person', 'service_account')),
  name text not null,
  email text,
  login text unique,
  role text check (role in ('viewer', 'member', 'admin', 'owner')),
  owner_id text references accounts (id),
  password_hash text,
  version bigint not null,
  created_at bigint not null,
  disabled_at bigint
);
create index accounts_owner on accounts (owner_id) where owner_id is not null;
create table identities (
  issuer text not null,
  subject text not null,
  account_id text not null references accounts (id),
  created_at bigint not null,
  primary key (issuer, subject)
);
create index identities_account on identities (account_id);
create table account_groups (
  account_id text not null references accounts (id),
  group_name text not null,
  source text not null,
  primary key (account_id, group_name, source)
);
create table grants (
  id text primary key,
  account_id text references accounts (id),
  group_name text,
  verb text not null,
  project_id text not null,
  tenant text,
  environment text,
  created_at bigint not null,
  check ((account_id is null) <> (group_name is null))
);
create unique index grants_once on grants
  (coalesce(account_id, ''), coalesce(group_name, ''), verb, project_id, coalesce(tenant, ''), coalesce(environment, ''));
create index grants_project on grants (project_id);
create table sessions (
  id text primary key,
  hash text not null unique,
  account_id text not null references accounts (id),
  client text not null,
  created_at bigint not null,
  authenticated_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);
create table tokens (
  id text primary key,
  hash text not null unique,
  account_id text not null references accounts (id),
  name text not null,
  prefix text not null,
  scopes text not null,
  created_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint,
  revoked_at bigint
);
create index tokens_account on tokens (account_id);
create table one_time_links (
  hash text primary key,
  purpose text not null,
  account_id text,
  details text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create table sign_in_attempts (
  subject text primary key,
  failures bigint not null,
  first_at bigint not null,
  locked_until bigint not null
);
create index sign_in_attempts_age on sign_in_attempts (first_at);
`,
};
