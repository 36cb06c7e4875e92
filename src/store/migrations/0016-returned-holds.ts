import type { Migration } from './migration.ts';

/** Who brought a held value back past the hub, while it stands in the branch. */
export const returnedHolds: Migration = {
  name: '0016-returned-holds',
  statements: `
alter table holds add column returned text;
`,
};
