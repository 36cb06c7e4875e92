import type { Migration } from './migration.ts';

/** A request may be carried out in a freeze that it was not submitted in, so what it says of one can change. */
export const freezesOfRequests: Migration = {
  name: '0015-freezes-of-requests',
  statements: `
alter table requests add column during_freeze text;
`,
};
