import type { Migration } from './migration.ts';

/**
 * The history index. It can hold millions of rows, so rows are narrow: a commit is written once, projects and
 * tenant-environments are numbers. It can be rebuilt from Git at any time and has no foreign keys.
 */
export const deployments: Migration = {
  name: '0003-deployments',
  statements: `
create table revisions (
  project bigint not null,
  position bigint not null,
  revision text not null,
  at bigint not null,
  author text not null,
  email text,
  bot text,
  pull_request bigint,
  summary text not null,
  primary key (project, position)
) /* clustered */;
create unique index revisions_revision on revisions (project, revision);
create table places (
  id bigint generated always as identity primary key,
  project bigint not null,
  tenant text not null,
  environment text not null,
  unique (project, tenant, environment)
);
create table deployments (
  place bigint not null,
  position bigint not null,
  project bigint not null,
  services text not null,
  files bigint not null,
  fields bigint,
  source text not null,
  request_id text,
  status text not null,
  status_services text,
  primary key (place, position)
) /* clustered */;
create index deployments_newest on deployments (project, position, place);
create index deployments_request on deployments (request_id) where request_id is not null;
create table deployment_services (
  place bigint not null,
  service text not null,
  position bigint not null,
  primary key (place, service, position)
) /* clustered */;
create table index_progress (
  project_id text primary key,
  head text not null,
  newest bigint not null,
  oldest bigint not null,
  complete bigint not null,
  error text,
  updated_at bigint not null
);
`,
};
