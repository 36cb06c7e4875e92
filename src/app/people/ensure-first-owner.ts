import { normalEmail } from '../../domain/people/account-text.ts';
import { saveChange } from '../audit/save-change.ts';
import type { Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { addPerson } from './add-person.ts';
import { type OneTimeLink, makePasswordLink } from './one-time-link.ts';

/**
 * While no owner can sign in, a link for the first one, to be printed where only an operator looks. Undefined
 * otherwise, and when the address belongs to somebody who is no owner any more.
 */
export async function ensureFirstOwner(hub: Hub, email: string): Promise<OneTimeLink | undefined> {
  return saveChange(hub, async (tx) => {
    if ((await tx.accounts.countOwners()) > 0) return undefined;
    const owner = { email, name: email, role: 'owner', passwordHash: undefined } as const;
    const known = await tx.accounts.byLogin(normalEmail(email));
    const account = known ?? (await addPerson(hub, tx, systemActor, owner));
    if (account.role !== 'owner' || account.disabledAt !== undefined) return undefined;
    return makePasswordLink(hub, tx, account.id, 'reset');
  });
}
