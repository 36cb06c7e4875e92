import type { Migration } from './migration.ts';

/** Projects, the policies of their environments, and settings of the whole instance. */
export const projects: Migration = {
  name: '0002-projects',
  statements: `
create table projects (
  number bigint generated always as identity primary key,
  id text not null unique,
  slug text not null,
  name text not null,
  kind text not null check (kind in ('hosted', 'connected')),
  settings text not null,
  sealed_credentials text,
  version bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create unique index projects_slug on projects (slug) where deleted_at is null;
create table policies (
  project_id text not null references projects (id),
  environment text not null,
  version bigint not null,
  policy text not null,
  changed_by text,
  changed_at bigint not null,
  primary key (project_id, environment, version)
);
create table settings (
  name text primary key,
  value text not null,
  version bigint not null
);
create table leases (
  name text primary key,
  holder text not null,
  epoch bigint not null,
  expires_at bigint not null
);
`,
};
