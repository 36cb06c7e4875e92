import type { Migration } from './migration.ts';

/** The audit chain: rows come in and never change. \`entry\` is the truth, the other columns are for finding it. */
export const audit: Migration = {
  name: '0005-audit',
  statements: `
create table audit (
  seq bigint primary key,
  prev text not null,
  hash text not null unique,
  entry text not null,
  at bigint not null,
  action text not null,
  person_id text not null,
  project_id text,
  request_id text,
  flagged bigint not null
);
create index audit_project on audit (project_id, seq);
create index audit_request on audit (request_id, seq) where request_id is not null;
create index audit_person on audit (person_id, seq);
create index audit_action on audit (action, seq);
create index audit_flagged on audit (seq) where flagged = 1;
create table audit_checkpoints (
  seq bigint primary key,
  hash text not null,
  at bigint not null,
  key_id text not null,
  signature text not null
);
-- sqlite
create trigger audit_append before insert on audit
  when new.seq <> (select coalesce(max(seq), 0) + 1 from audit) or exists (select 1 from audit where hash = new.hash)
  begin select raise(abort, 'audit rows never change: only the next row can be added'); end;
create trigger audit_no_update before update on audit begin select raise(abort, 'audit rows never change'); end;
create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit rows never change'); end;
create trigger audit_checkpoints_no_update before update on audit_checkpoints begin select raise(abort, 'audit rows never change'); end;
create trigger audit_checkpoints_no_delete before delete on audit_checkpoints begin select raise(abort, 'audit rows never change'); end;
-- postgres
create function audit_rows_never_change() returns trigger language plpgsql as
  $$ begin raise exception 'audit rows never change'; end $$;
create function audit_only_the_next_row() returns trigger language plpgsql as
  $$ begin
    if new.seq <> (select coalesce(max(seq), 0) + 1 from audit) then
      raise exception 'audit rows never change: only the next row can be added';
    end if; return new;
  end $$;
create trigger audit_append before insert on audit for each row execute function audit_only_the_next_row();
create trigger audit_no_change before update or delete or truncate on audit
  for each statement execute function audit_rows_never_change();
create trigger audit_checkpoints_no_change before update or delete or truncate on audit_checkpoints
  for each statement execute function audit_rows_never_change();
revoke update, delete, truncate on audit, audit_checkpoints from public;
-- both
`,
};
