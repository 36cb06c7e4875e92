import { Refusal } from '../../domain/refusal/refusal.ts';
import type { TransactionTables } from '../../store/tables.ts';

/** Makes a change that may take an owner away. Throws `last_owner`, and nothing is changed, when none were left. */
export async function keepAnOwner(
  tx: TransactionTables,
  name: string,
  change: () => Promise<void>,
): Promise<void> {
  const before = await tx.accounts.countOwners();
  await change();
  if (before > 0 && (await tx.accounts.countOwners()) === 0) throw new Refusal('last_owner', { name });
}
