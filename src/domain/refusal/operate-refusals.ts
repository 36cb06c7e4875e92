import type { RefusalRow } from './refusal-row.ts';

/** Backing up and restoring the data of a server. */
export const operateRefusals = {
  backup_exists: { kind: 'conflict', message: '{path} is there already; name a new file with --to' },
  backup_unwritable: { kind: 'unavailable', message: 'cannot write {path}: {reason}' },
  backup_unreadable: { kind: 'usage', message: 'cannot read {path}: {reason}' },
  backup_damaged: {
    kind: 'invalid',
    message: '{path} is damaged or not whole: {reason}; take another backup',
  },
  restore_not_empty: {
    kind: 'conflict',
    message: '{path} is not empty; name a new folder with --data, or move away what is there',
  },
  data_missing: { kind: 'usage', message: '{path} holds no data of a server; name its folder with --data' },
} as const satisfies Record<string, RefusalRow>;
