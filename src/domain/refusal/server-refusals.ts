import type { RefusalRow } from './refusal-row.ts';

/** Starting a server. */
export const serverRefusals = {
  setting_invalid: { kind: 'usage', message: '{setting}: {reason}' },
  data_unusable: { kind: 'unavailable', message: 'cannot keep data in {path}: {reason}' },
  data_is_demo: {
    kind: 'conflict',
    message:
      '{path} holds the demo, whose passwords everybody knows; give a server for real work its own --data',
  },
  secret_key_other: {
    kind: 'unavailable',
    message:
      'the secrets in the database were sealed with another key; put its secret.key back from a backup, or set KNOWNGOOD_SECRET_KEY to the key of the other servers',
  },
  listen_failed: { kind: 'unavailable', message: 'cannot listen on {host}, port {port}: {reason}' },
  setting_file_unreadable: { kind: 'usage', message: '{setting}: cannot read {path}: {reason}' },
} as const satisfies Record<string, RefusalRow>;
