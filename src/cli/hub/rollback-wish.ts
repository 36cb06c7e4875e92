import type { SharedChoice } from '../../domain/plan/shared-choice.ts';
import type { CommandContext } from '../program.ts';
import type { Connection } from './connect.ts';
import { hubRevision, hubScope, previousRevision } from './hub-scope.ts';

/** What a rollback on a server would take back, as it was typed. */
export interface RollbackWords {
  readonly tenant?: string;
  readonly environment?: string;
  readonly service?: string;
  readonly to?: string;
  readonly field?: readonly string[];
  readonly keep?: readonly string[];
  readonly hold?: readonly string[];
  readonly includeShared?: boolean;
  readonly shared?: SharedChoice;
  readonly allowDelete?: boolean;
}

/** The same as a server reads it. Throws `scope_missing`, `revision_malformed`, `no_previous_change`. */
export async function rollbackWish({ hub }: CommandContext, connection: Connection, words: RollbackWords) {
  const scope = await hubScope(connection, words);
  const { service, field, keep, hold, includeShared, shared, allowDelete, to } = words;
  const targetSha =
    to === undefined ? await previousRevision(connection, scope, service) : hubRevision(hub, to);
  return {
    ...scope,
    mode: field ? ('field' as const) : service === undefined ? ('full' as const) : ('service' as const),
    targetSha,
    ...(service === undefined ? {} : { service }),
    ...(field ? { selectedFields: [...field] } : {}),
    ...(keep ? { keep: [...keep] } : {}),
    ...(hold ? { hold: [...hold] } : {}),
    ...(includeShared ? { includeShared } : {}),
    ...(shared ? { shared } : {}),
    ...(allowDelete ? { allowDelete } : {}),
  };
}
