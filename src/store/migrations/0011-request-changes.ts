import type { Migration } from './migration.ts';

/**
 * What a release is to write, as it was asked for: whole files among it, so it stays out of the rows that lists read.
 */
export const requestChanges: Migration = {
  name: '0011-request-changes',
  statements: `
create table request_changes (
  request_id text primary key references requests (id),
  changes text not null
);
`,
};
