import type { RefusalRow } from './refusal-row.ts';

/** Opening the database, with the key to its secrets, and saving in it. */
export const databaseRefusals = {
  database_url: {
    kind: 'usage',
    message: 'the database has to be given as file:PATH or as postgres://USER@HOST/NAME',
  },
  data_in_use: {
    kind: 'unavailable',
    message: '{path} is in use by another server; stop that one first, or give this one its own --data',
  },
  database_unsafe: {
    kind: 'unavailable',
    message: '{path}: {setting} is {actual} and not {expected}, so saved work could be lost; not opened',
  },
  database_newer: {
    kind: 'unavailable',
    message: '{database} was last used by a newer version (it has {migration}); install that version',
  },
  database_unreachable: { kind: 'unavailable', message: 'cannot open the database {database}: {reason}' },
  database_failed: {
    kind: 'unavailable',
    message: 'the database could not do it, and nothing was changed: {reason}',
  },
  outcome_unknown: {
    kind: 'unavailable',
    message: 'the database was lost in the moment of saving; look at the present state before you try again',
  },
  repository_lost: {
    kind: 'unavailable',
    message:
      'the repository of project {project} is not on this server; an operator puts it back from a backup: knowngood doctor',
  },
  repositories_lost: {
    kind: 'unavailable',
    message:
      'none of the {count} hosted repositories is in {path}; mount the folder where they are, or restore a backup: knowngood restore',
  },
  secret_key_malformed: {
    kind: 'usage',
    message: 'KNOWNGOOD_SECRET_KEY is not 32 bytes in base64; make one with: openssl rand -base64 32',
  },
  secret_key_damaged: {
    kind: 'unavailable',
    message: '{path} is not the key of 32 bytes that was made there; put it back from a backup',
  },
  secret_key_exposed: {
    kind: 'unavailable',
    message: 'others on this machine can read or change {path}; run: chmod 600 {path}',
  },
} as const satisfies Record<string, RefusalRow>;
