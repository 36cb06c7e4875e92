import type { Migration } from './migration.ts';

/** Clusters, what their agents report, and what follows from that for deployments and requests. */
export const clusters: Migration = {
  name: '0009-clusters',
  statements: `
create table clusters (
  id text primary key,
  name text not null unique,
  facts text not null,
  simulated bigint not null,
  created_by text not null,
  created_at bigint not null,
  joined_at bigint,
  seen_at bigint,
  skew bigint,
  generation bigint not null
);
create table cluster_tokens (
  id text primary key,
  cluster_id text not null references clusters (id) on delete cascade,
  kind text not null check (kind in ('registration', 'agent')),
  hash text not null unique,
  created_at bigint not null,
  expires_at bigint,
  used_at bigint,
  revoked_at bigint
);
create index cluster_tokens_cluster on cluster_tokens (cluster_id, kind);
create table cluster_reports (
  cluster_id text not null references clusters (id) on delete cascade,
  kind text not null check (kind in ('inventory', 'applications', 'drift')),
  generation bigint not null,
  reported_at bigint not null,
  received_at bigint not null,
  hash text not null,
  body text not null,
  primary key (cluster_id, kind)
);
create table cluster_applications (
  cluster_id text not null references clusters (id) on delete cascade,
  namespace text not null,
  name text not null,
  hash text not null,
  body text not null,
  project_id text,
  tenant text,
  environment text,
  service text,
  bound text check (bound in ('layout', 'hand')),
  primary key (cluster_id, namespace, name)
);
create index cluster_applications_place on cluster_applications (project_id, tenant, environment);
create table cluster_bindings (
  id text primary key,
  cluster_id text not null references clusters (id) on delete cascade,
  application text not null,
  project_id text not null,
  tenant text not null,
  environment text not null,
  created_by text not null,
  created_at bigint not null
);
create unique index cluster_bindings_once
  on cluster_bindings (cluster_id, application, project_id, tenant, environment);
create index cluster_bindings_place on cluster_bindings (project_id, tenant, environment);
create table deployment_health (
  project_id text not null,
  tenant text not null,
  environment text not null,
  revision text not null,
  cluster_id text not null,
  application text not null,
  best text not null,
  worst text not null,
  last text not null,
  healthy_milliseconds bigint not null,
  first_at bigint not null,
  last_at bigint not null,
  primary key (project_id, tenant, environment, revision, cluster_id, application)
);
create table deployment_marks (
  id text primary key,
  project_id text not null,
  tenant text not null,
  environment text not null,
  revision text not null,
  mark text not null check (mark in ('good', 'bad', 'none')),
  reason text not null,
  by_id text not null,
  by_name text not null,
  at bigint not null
);
create index deployment_marks_place on deployment_marks (project_id, tenant, environment, revision, id);
create table deployment_signals (
  project_id text not null,
  fingerprint text not null,
  started_at bigint not null,
  tenant text not null,
  environment text not null,
  service text,
  name text not null,
  summary text not null,
  ended_at bigint,
  received_at bigint not null,
  primary key (project_id, fingerprint, started_at)
);
create index deployment_signals_place on deployment_signals (project_id, tenant, environment, started_at);
create table verifications (
  request_id text primary key references requests (id),
  project_id text not null,
  state text not null,
  reason text not null,
  body text not null,
  started_at bigint not null,
  changed_at bigint not null,
  looked_at bigint not null,
  closed_at bigint
);
create index verifications_open on verifications (looked_at) where closed_at is null;
`,
};
