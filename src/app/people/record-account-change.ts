import type { Actor } from '../../domain/people/actor.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { TransactionTables } from '../../store/tables.ts';
import { type Change, recordChange } from '../audit/record-change.ts';

interface Difference {
  readonly before: StoredAccount;
  readonly after: StoredAccount;
  readonly at: number;
}

function changesOf({ before, after, at }: Difference): readonly Change[] {
  const object = { type: 'account', id: after.id };
  const found: Change[] = [];
  if (before.name !== after.name || before.role !== after.role || before.email !== after.email) {
    const shape = ({ name, role, email }: StoredAccount) => ({
      name,
      role: role ?? null,
      email: email ?? null,
    });
    const details = { before: shape(before), after: shape(after) };
    found.push({ at, action: 'account.changed', object, details });
  }
  if (before.ownerId !== after.ownerId) {
    const details = { before: before.ownerId ?? null, after: after.ownerId ?? null };
    found.push({ at, action: 'account.linked', object, details });
  }
  if ((before.disabledAt === undefined) !== (after.disabledAt === undefined)) {
    const action = after.disabledAt === undefined ? 'account.enabled' : 'account.disabled';
    found.push({ at, action, object });
  }
  return found;
}

/** One audit entry for each kind of change between two states of an account; none when they say the same. */
export async function recordAccountChange(
  tx: TransactionTables,
  actor: Actor,
  difference: Difference,
): Promise<void> {
  for (const change of changesOf(difference)) await recordChange(tx, actor, change);
}
