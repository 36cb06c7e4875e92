import type { Migration } from './migration.ts';

/** What agents are asked to do; the server that an agent is connected to sends it. */
export const clusterCommands: Migration = {
  name: '0012-cluster-commands',
  statements: `
create table cluster_commands (
  id text primary key,
  cluster_id text not null references clusters (id) on delete cascade,
  kind text not null,
  payload text not null,
  requested_by text not null,
  created_at bigint not null,
  expires_at bigint not null,
  status text not null check (status in ('pending', 'sent', 'acked', 'running', 'completed', 'failed')),
  message text not null,
  changed_at bigint not null
);
create index cluster_commands_cluster on cluster_commands (cluster_id, id);
create index cluster_commands_pending on cluster_commands (cluster_id, id) where status = 'pending';
`,
};
