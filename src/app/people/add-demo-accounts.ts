import type { Role } from '../../domain/people/actor.ts';
import { saveChange } from '../audit/save-change.ts';
import type { DemoAccount, Hub } from '../hub.ts';
import { systemActor } from '../system-actor.ts';
import { addPerson } from './add-person.ts';

/** Adds the accounts of a server that runs for show; those that are there stay as they are. */
export async function addDemoAccounts(
  hub: Hub,
  accounts: readonly (DemoAccount & { readonly role: Role })[],
): Promise<void> {
  for (const { email, name, role, password } of accounts) {
    if (await hub.store.accounts.byLogin(email)) continue;
    const passwordHash = await hub.passwords.hash(password);
    await saveChange(hub, (tx) => addPerson(hub, tx, systemActor, { email, name, role, passwordHash }));
  }
}
