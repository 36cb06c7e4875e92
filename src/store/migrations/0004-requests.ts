import type { Migration } from './migration.ts';

/**
 * Requests and everything decided about them. \`body\` holds what never changes after the submit; what moves has
 * columns of its own, and every move compares \`state\` and \`epoch\` first.
 */
export const requests: Migration = {
  name: '0004-requests',
  statements: `
create table requests (
  id text primary key,
  project_id text not null,
  kind text not null check (kind in ('rollback', 'release', 'promotion')),
  state text not null check (state in
    ('pending', 'approved', 'rejected', 'executing', 'completed', 'failed', 'cancelled', 'expired')),
  epoch bigint not null,
  requester_id text not null,
  digest text not null,
  body text not null,
  paths text not null,
  break_glass text,
  resubmit_of text,
  attempt bigint not null,
  started_at bigint,
  planned_commit text,
  expected_parent text,
  commit_sha text,
  error text,
  submitted_at bigint not null,
  expires_at bigint not null,
  updated_at bigint not null,
  closed_at bigint
);
create unique index requests_commit on requests (project_id, commit_sha) where commit_sha is not null;
create index requests_newest on requests (submitted_at, id);
create index requests_project on requests (project_id, submitted_at, id);
create index requests_requester on requests (requester_id, submitted_at, id);
create index requests_open on requests (project_id, state) where closed_at is null;
create index requests_expiry on requests (expires_at) where state in ('pending', 'approved');
create index requests_again on requests (resubmit_of) where resubmit_of is not null;
create index requests_executing on requests (id) where state = 'executing';
create table request_places (
  request_id text not null references requests (id),
  project_id text not null,
  tenant text not null,
  environment text not null,
  primary key (request_id, tenant, environment)
);
create index request_places_place on request_places (project_id, tenant, environment, request_id);
create table reviews (
  id bigint generated always as identity primary key,
  request_id text not null references requests (id),
  person_id text not null,
  account_id text not null,
  name text not null,
  email text,
  decision text not null check (decision in ('approve', 'reject')),
  comment text,
  digest text not null,
  at bigint not null,
  voided_at bigint,
  void_reason text
);
create unique index reviews_once on reviews (request_id, person_id) where voided_at is null;
create index reviews_request on reviews (request_id, id);
create index reviews_person on reviews (person_id);
create table notes (
  id bigint generated always as identity primary key,
  request_id text not null references requests (id),
  person_id text not null,
  account_id text not null,
  name text not null,
  email text,
  text text not null,
  at bigint not null
);
create index notes_request on notes (request_id, id);
create table break_glass_sessions (
  id text primary key,
  project_id text not null,
  person_id text not null,
  opened_by text not null,
  justification text not null,
  opened_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  revoked_by text,
  reviewed_at bigint,
  review text
);
create index break_glass_person on break_glass_sessions (person_id, project_id, opened_at);
create index break_glass_project on break_glass_sessions (project_id, id);
create index break_glass_owed on break_glass_sessions (project_id) where reviewed_at is null;
create table break_glass_uses (
  session_id text not null references break_glass_sessions (id),
  request_id text not null,
  at bigint not null,
  primary key (session_id, request_id)
);
`,
};
