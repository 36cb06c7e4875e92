import type { TransactionTables } from '../../store/tables.ts';
import type { Hub } from '../hub.ts';

/** Saves a change and its audit entry as one, and nudges the loop that tells the outside. */
export async function saveChange<T>(hub: Hub, work: (tx: TransactionTables) => Promise<T>): Promise<T> {
  const value = await hub.store.tx(work);
  hub.wake('outbox');
  return value;
}
