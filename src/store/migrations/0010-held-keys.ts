import type { Migration } from './migration.ts';

/** Which call holds an Idempotency-Key, and the audit entry of the first change that was made under it. */
export const heldKeys: Migration = {
  name: '0010-held-keys',
  statements: `
alter table idempotency_keys add column holder text;
alter table idempotency_keys add column changed bigint;
`,
};
