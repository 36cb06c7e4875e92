import type { Migration } from './migration.ts';

/** Finds the deployments whose fields are not counted yet without reading the others. */
export const fieldCounts: Migration = {
  name: '0008-field-counts',
  statements: `
create index deployments_uncounted on deployments (project, position, place) where fields is null;
`,
};
