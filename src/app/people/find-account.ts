import { Refusal } from '../../domain/refusal/refusal.ts';
import type { StoredAccount } from '../../store/accounts.ts';
import type { Tables } from '../../store/tables.ts';

const words = { person: 'this member', service_account: 'this service account' } as const;

/** The account of this id and kind. Throws `not_visible` when there is none. */
export async function findAccount(
  tables: Pick<Tables, 'accounts'>,
  kind: StoredAccount['kind'],
  id: string,
): Promise<StoredAccount> {
  const account = await tables.accounts.get(id);
  if (account?.kind === kind) return account;
  throw new Refusal('not_visible', { what: words[kind] });
}
