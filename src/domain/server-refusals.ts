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
  listen_failed: { kind: 'unavailable', message: 'cannot listen on {host}, port {port}: {reason}' },
  setting_file_unreadable: { kind: 'usage', message: '{setting}: cannot read {path}: {reason}' },
} as const satisfies Record<string, RefusalRow>;
